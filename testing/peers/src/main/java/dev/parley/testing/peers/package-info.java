/**
 * Neighbours of a service under test, as real HTTP servers. They own canned behaviour for tests and
 * nothing that runs in production.
 */
@NullMarked
package dev.parley.testing.peers;

import org.jspecify.annotations.NullMarked;
