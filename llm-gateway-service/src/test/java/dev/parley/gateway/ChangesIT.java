package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The change feed of the catalogue, and who follows it here. */
@QuarkusTest
class ChangesIT extends GatewayIT {
    private static final String PREMIUM = "update model set %s where name = 'simulated-premium'";

    @AfterEach
    void offerTheModelAgain() {
        execute(PREMIUM.formatted("enabled = true, default_output_tokens = 1024"));
    }

    @Test
    void tellsWhichModelsChanged() {
        long before = changes("").get("next").asLong();

        execute(PREMIUM.formatted("default_output_tokens = 1000"));
        execute(PREMIUM.formatted("default_output_tokens = 1000"));
        execute(PREMIUM.formatted("default_output_tokens = 1001"));

        JsonNode page = changes("?after=" + before);
        assertThat(elements(page.get("changes"))).hasSize(2);
        JsonNode change = page.at("/changes/0");
        assertThat(change.get("sequence").asLong()).isEqualTo(before + 1);
        assertThat(change.get("kind").asText()).isEqualTo("model_changed");
        assertThat(change.get("id").asText()).isEqualTo("simulated-premium");
        assertThat(Instant.parse(change.get("at").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(page.get("next").asLong()).isEqualTo(before + 2);
        assertThat(changes("?after=" + (before + 2)).get("changes").isEmpty()).isTrue();
        assertThat(elements(changes("").get("changes")))
                .filteredOn(one -> one.get("id").asText().equals("simulated-premium"))
                .as("the newest of each alone")
                .hasSize(1);
    }

    @Test
    void aChangeHoldsOnThisReplicaWithinTwoSeconds() {
        String token = IdentityPeer.clientToken(ALICE);
        eventually(() -> get("/v1/models/simulated-premium", token).statusCode() == 200);

        execute(PREMIUM.formatted("enabled = false"));
        eventually(
                Duration.ofSeconds(2),
                () -> get("/v1/models/simulated-premium", token).statusCode() == 404);
        execute(PREMIUM.formatted("enabled = true"));
        eventually(
                Duration.ofSeconds(2),
                () -> get("/v1/models/simulated-premium", token).statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "99999999999999999999"})
    void refusesPlacesThatAreNone(String after) {
        assertRefused(
                get("/internal/changes?after=" + after, IdentityPeer.serviceToken("x-service")),
                400,
                "invalid_request",
                "after");
    }

    @Test
    void isOpenToServicesAlone() {
        assertThat(get("/internal/changes", IdentityPeer.clientToken(ALICE)).statusCode())
                .isEqualTo(401);
        String exchanged = IdentityPeer.exchangedToken(ALICE, "conversation-service");
        assertThat(get("/internal/changes", exchanged).statusCode()).isEqualTo(403);
    }

    private JsonNode changes(String query) {
        return json(
                get(
                        "/internal/changes" + query,
                        IdentityPeer.serviceToken("conversation-service")));
    }
}
