package dev.parley.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.platform.id.TimeOrderedIds;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
class OutboxIT {
    @Inject Outbox outbox;
    @Inject TimeOrderedIds ids;
    @Inject AgroalDataSource database;
    @Inject OutboxTable table;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void sendsWhatWasCommittedAsCloudEventsInOrder() throws SQLException {
        String topic = "test." + ids.next();
        List<OutboxEvent> events =
                IntStream.range(0, 50).mapToObj(number -> event(topic, number)).toList();
        QuarkusTransaction.requiringNew().run(() -> events.forEach(outbox::append));

        List<ConsumerRecord<String, String>> received = receive(topic, 50);

        assertThat(received)
                .extracting(ConsumerRecord::value)
                .containsExactlyElementsOf(events.stream().map(OutboxEvent::json).toList());
        ConsumerRecord<String, String> first = received.getFirst();
        assertThat(first.key()).isEqualTo("org_a");
        assertThat(header(first, "ce_id")).isEqualTo(events.getFirst().id().toString());
        assertThat(header(first, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(first, "ce_source")).isEqualTo("/outbox-user");
        assertThat(header(first, "ce_type")).isEqualTo("dev.parley.test.happened.v1");
        assertThat(header(first, "content-type")).isEqualTo("application/json");
        assertThat(header(first, "traceparent")).startsWith("00-");
    }

    @Test
    void forgetsWhatWasRolledBack() throws SQLException {
        String topic = "test." + ids.next();
        assertThatThrownBy(
                        () ->
                                QuarkusTransaction.requiringNew()
                                        .run(
                                                () -> {
                                                    outbox.append(event(topic, 1));
                                                    throw new IllegalStateException("no");
                                                }))
                .hasMessageContaining("no");
        assertThat(count("select count(*) from outbox where topic = '" + topic + "'")).isZero();
    }

    @Test
    void onlyTheRelaysCommitsNeedNotReachTheDisk() throws SQLException {
        // A database where no relay is at work yet: advisory locks are each database's own.
        String another =
                url.substring(0, url.lastIndexOf('/'))
                        + "/postgres?options=-c%20synchronous_commit%3Don";
        try (Connection connection = DriverManager.getConnection(another, user, password)) {
            assertThat(table.elect(connection)).isTrue();
            assertThat(text(connection, "show synchronous_commit")).isEqualTo("off");
            try (Connection rival = DriverManager.getConnection(another, user, password)) {
                assertThat(table.elect(rival)).isFalse();
                assertThat(text(rival, "show synchronous_commit")).isEqualTo("on");
            }
            table.resign(connection);
            assertThat(text(connection, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void asksForATransaction() {
        assertThatThrownBy(() -> outbox.append(event("test.none", 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTopicThatTakesNothingHoldsUpNoOther() throws SQLException {
        String refused = "no topic is called so " + ids.next();
        String topic = "test." + ids.next();
        QuarkusTransaction.requiringNew()
                .run(
                        () -> {
                            outbox.append(event(refused, 0));
                            outbox.append(event(topic, 1));
                            outbox.append(event(refused, 2));
                            outbox.append(event(topic, 3));
                        });
        try {
            assertThat(receive(topic, 2))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("{\"number\":1}", "{\"number\":3}");
            QuarkusTransaction.requiringNew().run(() -> outbox.append(event(topic, 4)));
            receive(topic, 3);
            assertThat(
                            count(
                                    "select count(*) from outbox where sent_at is null and topic = '"
                                            + refused
                                            + "'"))
                    .isEqualTo(2);
        } finally {
            execute("delete from outbox where topic = '" + refused + "'");
        }
    }

    @Test
    void keepsEventsWhileKafkaIsAwayAndSendsThemWhenItIsBack() throws Exception {
        String topic = "test." + ids.next();
        QuarkusTransaction.requiringNew().run(() -> outbox.append(event(topic, 0)));
        receive(topic, 1);
        KafkaResource.stopBroker();
        try {
            for (int number = 1; number <= 20; number++) {
                OutboxEvent event = event(topic, number);
                QuarkusTransaction.requiringNew().run(() -> outbox.append(event));
            }
            Thread.sleep(3000);
            assertThat(count("select count(*) from outbox where sent_at is null")).isEqualTo(20);
        } finally {
            KafkaResource.startBroker();
        }
        assertThat(receive(topic, 21).stream().map(ConsumerRecord::value).distinct())
                .hasSize(21)
                .startsWith("{\"number\":0}")
                .endsWith("{\"number\":20}");
    }

    private OutboxEvent event(String topic, int number) {
        return new OutboxEvent(
                ids.next(),
                topic,
                "org_a",
                "dev.parley.test.happened.v1",
                "thing_" + number,
                Instant.now(),
                "{\"number\":" + number + "}",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    /** Everything in the topic, once at least that many distinct events have come. */
    private List<ConsumerRecord<String, String>> receive(String topic, int atLeast) {
        List<ConsumerRecord<String, String>> received = new ArrayList<>();
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        500);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
            while (received.stream().map(ConsumerRecord::value).distinct().count() < atLeast
                    && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(200)).forEach(received::add);
            }
        }
        assertThat(received.stream().map(ConsumerRecord::value).distinct().count())
                .isEqualTo(atLeast);
        return received;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String header(ConsumerRecord<String, String> received, String name) {
        return new String(received.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
