package dev.parley.platform.outbox;

import dev.parley.platform.telemetry.TraceTags;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits to be sent (CloudEvents 1.0).
 *
 * @param id the event's id, by which consumers recognise a repetition
 * @param topic the Kafka topic
 * @param key what events are kept in order by
 * @param type for example {@code dev.parley.gateway.usage_recorded.v1}
 * @param subject what the event is about
 * @param time when it happened
 * @param json the data; opaque ids and numbers, never a message's text
 * @param traceparent the W3C trace that it belongs to, or null
 * @param baggage what the spans of the event are marked with, or null
 */
public record OutboxEvent(
        UUID id,
        String topic,
        String key,
        String type,
        String subject,
        Instant time,
        String json,
        @Nullable String traceparent,
        @Nullable String baggage) {

    /** An event whose spans are marked as those are that its trace has open here. */
    public OutboxEvent(
            UUID id,
            String topic,
            String key,
            String type,
            String subject,
            Instant time,
            String json,
            @Nullable String traceparent) {
        this(id, topic, key, type, subject, time, json, traceparent, TraceTags.of(traceparent));
    }
}
