package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** No record is lost while the database or Kafka is away. */
@QuarkusTest
class OutageIT extends GatewayIT {
    private static final String STREAM =
            "{\"model\":\"simulated\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void aStreamOutlivesItsDatabaseAndIsRecordedWhenThatIsBack() throws IOException {
        behave("{\"between_tokens\":\"100ms\",\"tokens\":15}");
        String rest;
        try (RawConnection client = stream()) {
            client.readUntil("words:");
            PostgresResource.server().stop();
            try {
                rest = client.readUntil("[DONE]");
                assertRefused(chat(STREAM), 503, "dependency_unavailable");
                assertRefused(retried(STREAM), 503, "dependency_unavailable");
            } finally {
                PostgresResource.server().start();
            }
        }

        assertThat(rest).contains("\"finish_reason\":\"stop\"");
        eventually(Duration.ofSeconds(15), () -> recordsOrNone().size() == 1);
        assertThat(usageRecords().getFirst().get("output_tokens").asInt()).isEqualTo(15);
        eventually(() -> chat(STREAM).statusCode() == 200);
    }

    @Test
    void streamsThatEndOneAfterAnotherEndWhileTheDatabaseIsAway() {
        behave("{\"between_tokens\":\"100ms\",\"tokens\":25}");
        try (RawConnection first = stream()) {
            first.readUntil("words:");
            behave("{\"between_tokens\":\"100ms\",\"tokens\":45}");
            try (RawConnection second = stream()) {
                second.readUntil("words:");
                PostgresResource.server().stop();
                try {
                    assertThat(first.readUntil("[DONE]")).contains("\"finish_reason\":\"stop\"");
                    assertThat(second.readUntil("[DONE]")).contains("\"finish_reason\":\"stop\"");
                } finally {
                    PostgresResource.server().start();
                }
            }
        }

        eventually(Duration.ofSeconds(15), () -> recordsOrNone().size() == 2);
        assertThat(usageRecords())
                .extracting(usage -> usage.get("output_tokens").asInt())
                .containsExactly(25, 45);
        eventually(() -> chat(STREAM).statusCode() == 200);
    }

    private RawConnection stream() {
        return RawConnection.post(
                gateway, "/v1/chat/completions", IdentityPeer.clientToken(ALICE), STREAM);
    }

    private HttpResponse<String> retried(String body) {
        return send(
                to("/v1/chat/completions")
                        .header("authorization", "Bearer " + IdentityPeer.clientToken(ALICE))
                        .header("X-Stainless-Retry-Count", "1")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    private List<JsonNode> recordsOrNone() {
        try {
            return usageRecords();
        } catch (IllegalStateException stillAway) {
            return List.of();
        }
    }

    @Test
    void recordsReachKafkaAsCloudEvents() {
        String id = json(chat(STREAM.replace("true", "false"))).get("id").asText();

        ConsumerRecord<String, String> event = eventOf(id);

        assertThat(event.key()).isEqualTo("org_a");
        assertThat(header(event, "ce_type")).isEqualTo("dev.parley.gateway.usage_recorded.v1");
        assertThat(header(event, "ce_source")).isEqualTo("/llm-gateway-service");
        assertThat(header(event, "ce_subject")).isEqualTo(id);
        assertThat(header(event, "traceparent"))
                .contains(json(event.value()).get("trace").asText());
    }

    private ConsumerRecord<String, String> eventOf(String call) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "test-" + call,
                        "auto.offset.reset",
                        "earliest",
                        "key.deserializer",
                        StringDeserializer.class,
                        "value.deserializer",
                        StringDeserializer.class);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of("parley.usage"));
            for (int i = 0; i < 50; i++) {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(200))) {
                    if (event.value().contains(call)) {
                        return event;
                    }
                }
            }
        }
        throw new AssertionError("no event of " + call);
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        return new String(
                event.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
