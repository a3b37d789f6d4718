@NullMarked
package dev.parley.billing;

import org.jspecify.annotations.NullMarked;
