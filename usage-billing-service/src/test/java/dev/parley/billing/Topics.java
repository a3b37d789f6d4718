package dev.parley.billing;

import dev.parley.platform.id.TimeOrderedIds;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The broker as the other services use it. */
@ApplicationScoped
class Topics {
    private final TimeOrderedIds ids;
    private final String bootstrap;
    private final KafkaProducer<String, String> producer;

    Topics(TimeOrderedIds ids, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap) {
        this.ids = ids;
        this.bootstrap = bootstrap;
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer());
    }

    /** Sends an event and tells its id. */
    UUID send(String topic, String type, String json) {
        UUID id = ids.next();
        send(topic, id.toString(), type, json);
        return id;
    }

    /** Sends an event with an id of the caller's choice. */
    void send(String topic, String id, String type, String json) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, "key", json);
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        id,
                        "ce_source",
                        "/identity-service",
                        "ce_type",
                        type,
                        "ce_time",
                        Instant.now().toString(),
                        "content-type",
                        "application/json")
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Waits for the first record of a topic that fits. */
    ConsumerRecord<String, String> await(
            String topic, Predicate<ConsumerRecord<String, String>> fits) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "group.id",
                        UUID.randomUUID().toString(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Instant deadline = Instant.now().plusSeconds(20);
            while (Instant.now().isBefore(deadline)) {
                for (ConsumerRecord<String, String> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    if (fits.test(record)) {
                        return record;
                    }
                }
            }
        }
        throw new AssertionError("nothing that fits arrived in " + topic);
    }

    /** Waits until the event is parked, and tells why it was. */
    String reasonOf(String topic, UUID event) {
        return header(
                await(topic + ".dlq", it -> header(it, "ce_id").equals(event.toString())),
                "parley-dlq-reason");
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
