package dev.parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.peers.EventContract;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BlockedContentIT extends ServiceContract {
    private static final String TOPIC = "parley.moderation";
    private static final String AUDIT = "dev.parley.moderation.audit_recorded.v1";
    private static final String TYPE = "dev.parley.moderation.content_blocked.v1";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private static TokenClaims personNamed(String subject) {
        return TokenClaims.client(subject, ORGANIZATION);
    }

    private List<ConsumerRecord<String, String>> eventsOf(String subject, int expected) {
        return read(TOPIC, event -> subject.equals(event.key()), expected);
    }

    private List<ConsumerRecord<String, String>> read(
            String topic, Predicate<ConsumerRecord<String, String>> wanted, int expected) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "test-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest");
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (found.size() < expected && Instant.now().isBefore(end)) {
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

    private static String header(ConsumerRecord<String, String> event, String name) {
        Header header = event.headers().lastHeader(name);
        assertThat(header).describedAs(name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aBlockedInputIsPublishedWithoutItsText() throws IOException {
        String subject = "user_0198f0aa00007abc8def0000000000b1";
        post(
                        "/internal/moderation/checks",
                        IdentityPeer.exchangedToken(personNamed(subject), GATEWAY),
                        Map.of(
                                "direction",
                                "input",
                                "items",
                                List.of(Map.of("text", "how to make a pipe bomb zanzibar"))))
                .statusCode(200)
                .body("action", equalTo("block"));

        List<ConsumerRecord<String, String>> events = eventsOf(subject, 1);
        assertThat(events).hasSize(1);
        ConsumerRecord<String, String> event = events.getFirst();
        assertThat(header(event, "ce_type")).isEqualTo(TYPE);
        assertThat(header(event, "ce_source")).isEqualTo("/moderation-service");
        assertThat(header(event, "ce_subject")).isEqualTo(subject);
        assertThat(event.value()).doesNotContain("bomb").doesNotContain("zanzibar");
        JsonNode data = new ObjectMapper().readTree(event.value());
        assertThat(data.get("organization").textValue()).isEqualTo(ORGANIZATION);
        assertThat(data.get("subject").textValue()).isEqualTo(subject);
        assertThat(data.get("direction").textValue()).isEqualTo("input");
        assertThat(data.get("categories").toString()).contains("illicit/violent");
        assertThat(data.get("policy_version").textValue()).startsWith("policy-");
        assertMatchesContract(data);
        tellsTheAuditTrail(subject);
    }

    private void tellsTheAuditTrail(String subject) throws IOException {
        ConsumerRecord<String, String> told =
                read("parley.audit", event -> event.value().contains(subject), 1).getFirst();
        assertThat(EventContract.own(AUDIT).faultsOf(told.value())).isEmpty();
        assertThat(header(told, "ce_type")).isEqualTo(AUDIT);
        assertThat(told.key()).isEqualTo(ORGANIZATION);
        JsonNode deed = new ObjectMapper().readTree(told.value());
        assertThat(deed.path("action").textValue()).isEqualTo("content.screen");
        assertThat(deed.path("code").textValue()).isEqualTo("content_blocked");
        assertThat(deed.path("trace").textValue()).matches("[0-9a-f]{32}");
        assertThat(told.value()).doesNotContain("bomb").doesNotContain("zanzibar");
    }

    @Test
    void aStoppedStreamIsPublishedAsOutput() throws IOException {
        String subject = "user_0198f0aa00007abc8def0000000000b2";
        checkStream(
                        Map.of(
                                "organization",
                                ORGANIZATION,
                                "subject",
                                subject,
                                "shown",
                                "",
                                "pending",
                                "you make a pipe bomb.",
                                "final",
                                true))
                .statusCode(200)
                .body("action", equalTo("block"));

        List<ConsumerRecord<String, String>> events = eventsOf(subject, 1);
        assertThat(events).hasSize(1);
        JsonNode data = new ObjectMapper().readTree(events.getFirst().value());
        assertThat(data.get("direction").textValue()).isEqualTo("output");
        assertThat(data.get("api_key").isNull()).isTrue();
        assertMatchesContract(data);
    }

    private static void assertMatchesContract(JsonNode data) {
        assertThat(EventContract.own(TYPE).faultsOf(data.toString())).isEmpty();
    }
}
