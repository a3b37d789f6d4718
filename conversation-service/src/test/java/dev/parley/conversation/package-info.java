/** Tests of the whole service over HTTP, with real neighbours or real servers in their place. */
@NullMarked
package dev.parley.conversation;

import org.jspecify.annotations.NullMarked;
