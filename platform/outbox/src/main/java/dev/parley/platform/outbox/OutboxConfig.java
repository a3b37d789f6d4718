package dev.parley.platform.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the relay works. */
@ConfigMapping(prefix = "parley.outbox")
public interface OutboxConfig {
    /** Whether this replica may relay at all. */
    @WithDefault("true")
    boolean relay();

    /** The longest an event waits for being noticed, with no wake-up. */
    @WithDefault("100ms")
    Duration pollInterval();

    /**
     * The least time between the beginnings of two rounds, so that events that come close together
     * share one: one message to Kafka, one transaction here and at each consumer.
     */
    @WithDefault("50ms")
    Duration roundInterval();

    /** The most events of one round. */
    @WithDefault("500")
    int batchSize();

    /** The time in which Kafka has to confirm a round. */
    @WithDefault("10s")
    Duration sendTimeout();

    /** The longest pause between rounds while Kafka or the database fails. */
    @WithDefault("2s")
    Duration longestBackOff();

    /** The longest that a topic rests which takes no event while others do. */
    @WithDefault("1m")
    Duration longestRest();

    /** How long sent events are kept. */
    @WithDefault("1h")
    Duration keepSent();
}
