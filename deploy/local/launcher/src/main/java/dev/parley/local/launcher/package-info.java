/**
 * Owns the local stack as a whole: which processes it has, how they are started, told of each
 * other, watched and stopped, and the demo account in it. It knows the services by their ports and
 * their environment alone.
 */
@NullMarked
package dev.parley.local.launcher;

import org.jspecify.annotations.NullMarked;
