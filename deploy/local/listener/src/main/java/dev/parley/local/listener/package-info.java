/**
 * Owns what the local stack's own servers have in common: event loops that share a port, and an end
 * with whoever started them. It knows nothing of what they answer.
 */
@NullMarked
package dev.parley.local.listener;

import org.jspecify.annotations.NullMarked;
