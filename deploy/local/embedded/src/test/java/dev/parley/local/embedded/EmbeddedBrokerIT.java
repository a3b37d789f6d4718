package dev.parley.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    @TempDir private Path folder;
    private EmbeddedBroker broker;
    private Process process;

    @BeforeEach
    void start() {
        broker =
                new EmbeddedBroker(
                        new EmbeddedBroker.Settings(
                                folder.resolve("kafka"),
                                FreePort.find(),
                                FreePort.find(),
                                EmbeddedBroker.Settings.SMALL_JVM));
        process = broker.start();
    }

    @AfterEach
    void stop() {
        broker.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void keepsWhatWasAcknowledgedWhenItIsStoppedAndWhenItIsKilled() throws Exception {
        send("one");
        broker.stop();
        assertThat(broker.ready()).isFalse();
        process = broker.start();
        send("two");
        broker.kill();
        process = broker.start();
        send("three");

        assertThat(receive(3)).containsExactly("one", "two", "three");
    }

    @Test
    void endsWithWhoeverStartedIt() throws Exception {
        process.getOutputStream().close();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedBroker second =
                    new EmbeddedBroker(
                            new EmbeddedBroker.Settings(
                                    folder.resolve("second"),
                                    taken.getLocalPort(),
                                    FreePort.find(),
                                    EmbeddedBroker.Settings.SMALL_JVM));

            assertThatThrownBy(second::start)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()))
                    .hasMessageContaining("Address already in use");
        }
    }

    private void send(String value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("notes", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private List<String> receive(int count) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        "reader",
                        "auto.offset.reset",
                        "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("notes"));
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
