/**
 * Where usage records are committed: a group commit into the outbox. It does not decide what a
 * record says.
 */
@NullMarked
package dev.parley.gateway.storage.generation;

import org.jspecify.annotations.NullMarked;
