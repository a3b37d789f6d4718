package dev.parley.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.EventContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class EventsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void tellsOfARegistrationAndOfARevokedKeyInOrder() throws IOException {
        String email = Api.anEmail();
        Response person = Api.register(email);
        String organization = person.path("organization");
        String session = Api.login(email, Api.PASSWORD).path("access_token");
        String key = Api.createKey(session, Map.of("name", "k")).path("id");
        Api.bearer(session).delete("/v1/api_keys/" + key);

        List<ConsumerRecord<String, String>> events =
                read(event -> event.key().equals(organization), 3);

        assertThat(events.stream().map(event -> header(event, "ce_type")))
                .containsExactly(
                        "dev.parley.identity.organization_created.v1",
                        "dev.parley.identity.user_registered.v1",
                        "dev.parley.identity.api_key_revoked.v1");
        JsonNode created = kept("organization_created", events.get(0));
        assertThat(created.path("kind").asText()).isEqualTo("personal");
        assertThat(created.path("plan").asText()).isEqualTo("free");
        assertThat(created.path("created_by").asText()).isEqualTo(person.<String>path("id"));
        kept("user_registered", events.get(1));
        assertThat(kept("api_key_revoked", events.get(2)).path("api_key").asText()).isEqualTo(key);
        for (ConsumerRecord<String, String> event : events) {
            assertThat(header(event, "ce_source")).isEqualTo("/identity-service");
            assertThat(header(event, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            assertThat(event.value()).doesNotContain(email).doesNotContain("Lovelace");
        }
    }

    @Test
    void tellsOnceOfTheOrganizationsThatAnInstallationBeginsWith() throws IOException {
        String guests = "org_00000000000070008000000000000001";

        List<ConsumerRecord<String, String>> events = read(event -> event.key().equals(guests), 1);

        assertThat(events).isNotEmpty();
        JsonNode created = kept("organization_created", events.getFirst());
        assertThat(created.path("kind").asText()).isEqualTo("guests");
        assertThat(created.path("created_by").isNull()).isTrue();
    }

    private static JsonNode kept(String fact, ConsumerRecord<String, String> event)
            throws IOException {
        JsonNode data = JSON.readTree(event.value());
        assertThat(EventContract.own("dev.parley.identity." + fact + ".v1").faultsOf(event.value()))
                .isEmpty();
        return data;
    }

    private List<ConsumerRecord<String, String>> read(
            Predicate<ConsumerRecord<String, String>> wanted, int count) {
        return new Topics(kafka).read("parley.identity", wanted, count);
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        var header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
