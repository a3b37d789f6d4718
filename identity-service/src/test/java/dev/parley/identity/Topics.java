package dev.parley.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The broker as the consumers of this service's events see it. */
record Topics(String bootstrap) {
    /** The records that fit, from the topic's beginning; fewer than wanted after 15 seconds. */
    List<ConsumerRecord<String, String>> read(
            String topic, Predicate<ConsumerRecord<String, String>> wanted, int count) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "group.id",
                                "test-" + Api.anEmail(),
                                "auto.offset.reset",
                                "earliest",
                                "metadata.max.age.ms",
                                "500"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Instant end = Instant.now().plusSeconds(15);
            while (found.size() < count && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(
                                event -> {
                                    if (wanted.test(event)) {
                                        found.add(event);
                                    }
                                });
            }
        }
        return found;
    }
}
