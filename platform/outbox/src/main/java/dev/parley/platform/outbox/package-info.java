/**
 * The transactional outbox: events are inserted with the state change and one relay per database
 * sends them to Kafka in order. It does not know what the events say.
 */
@NullMarked
package dev.parley.platform.outbox;

import org.jspecify.annotations.NullMarked;
