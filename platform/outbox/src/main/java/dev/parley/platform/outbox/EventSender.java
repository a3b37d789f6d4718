package dev.parley.platform.outbox;

import dev.parley.platform.telemetry.EventSpans;
import dev.parley.platform.telemetry.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Sends events in CloudEvents' Kafka binary mode; idempotent, confirmed by all replicas. */
@ApplicationScoped
@RegisterForReflection(targets = StringSerializer.class)
class EventSender {
    private final Map<String, Object> broker;
    private final String source;
    private @Nullable Producer<String, String> producer;

    @Inject
    EventSender(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            @ConfigProperty(name = "quarkus.application.name") String application) {
        this.broker = Map.copyOf(broker);
        this.source = "/" + application;
    }

    /**
     * What Kafka confirmed.
     *
     * @param sequences the places of the confirmed events
     * @param failures the topics that did not take all of theirs, and why
     */
    record Sent(List<Long> sequences, Map<String, Throwable> failures) {}

    /**
     * Sends a round and waits for its confirmations, at most for the given time. After a topic has
     * refused an event no later one is sent to it, so that none overtakes that one.
     */
    synchronized Sent send(List<OutboxTable.Waiting> events, Duration most)
            throws InterruptedException {
        Map<OutboxTable.Waiting, Future<RecordMetadata>> underWay = new LinkedHashMap<>();
        Map<String, Throwable> failures = new HashMap<>();
        for (OutboxTable.Waiting waiting : events) {
            if (failures.containsKey(waiting.event().topic())) {
                continue;
            }
            try {
                Future<RecordMetadata> sent = send(producer(most), waiting.event());
                if (sent.state() == Future.State.FAILED) {
                    failures.put(waiting.event().topic(), sent.exceptionNow());
                } else {
                    underWay.put(waiting, sent);
                }
            } catch (KafkaException refused) {
                failures.put(waiting.event().topic(), refused);
            }
        }
        List<Long> confirmed = new ArrayList<>(underWay.size());
        boolean unsure = false;
        long deadline = System.nanoTime() + most.toNanos();
        for (Map.Entry<OutboxTable.Waiting, Future<RecordMetadata>> sent : underWay.entrySet()) {
            try {
                long left = Math.max(0, deadline - System.nanoTime());
                var ignored = sent.getValue().get(left, TimeUnit.NANOSECONDS);
                confirmed.add(sent.getKey().sequence());
            } catch (ExecutionException | TimeoutException unconfirmed) {
                failures.put(sent.getKey().event().topic(), unconfirmed);
                unsure = true;
            }
        }
        if (unsure || confirmed.isEmpty()) {
            close();
        }
        return new Sent(List.copyOf(confirmed), Map.copyOf(failures));
    }

    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private Producer<String, String> producer(Duration most) {
        if (producer == null) {
            int millis = Math.toIntExact(most.toMillis());
            Map<String, Object> settings = new HashMap<>(broker);
            settings.putIfAbsent(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, source.substring(1) + "-outbox");
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
            producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        }
        return producer;
    }

    private Future<RecordMetadata> send(Producer<String, String> producer, OutboxEvent event) {
        Span span =
                EventSpans.sending(
                        event.topic(), event.type(), event.traceparent(), event.baggage());
        ProducerRecord<String, String> sent = recordOf(event);
        if (span == null) {
            if (event.traceparent() != null) {
                header(sent, EventSpans.TRACEPARENT, event.traceparent());
            }
            return producer.send(sent);
        }
        header(sent, EventSpans.TRACEPARENT, Tracing.traceparent(span.getSpanContext()));
        if (event.baggage() != null) {
            header(sent, EventSpans.BAGGAGE, event.baggage());
        }
        try {
            return producer.send(sent, (confirmed, failure) -> end(span, failure));
        } catch (KafkaException refused) {
            end(span, refused);
            throw refused;
        }
    }

    private static void end(Span span, @Nullable Exception failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", failure.getClass().getName());
        }
        span.end();
    }

    private ProducerRecord<String, String> recordOf(OutboxEvent event) {
        ProducerRecord<String, String> sent =
                new ProducerRecord<>(event.topic(), event.key(), event.json());
        header(sent, "ce_specversion", "1.0");
        header(sent, "ce_id", event.id().toString());
        header(sent, "ce_source", source);
        header(sent, "ce_type", event.type());
        header(sent, "ce_subject", event.subject());
        header(sent, "ce_time", event.time().toString());
        header(sent, "content-type", "application/json");
        return sent;
    }

    private static void header(ProducerRecord<String, String> sent, String name, String value) {
        sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
