/**
 * Owns a real PostgreSQL and a real Kafka on a machine without containers, for tests and for the
 * local stack. Knows nothing of the services that use them.
 */
@NullMarked
package dev.parley.local.embedded;

import org.jspecify.annotations.NullMarked;
