/** Tests of the service as a whole. */
@NullMarked
package dev.parley.identity;

import org.jspecify.annotations.NullMarked;
