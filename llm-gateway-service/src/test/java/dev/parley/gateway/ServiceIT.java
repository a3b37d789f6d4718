package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The catalogue, the service's own document, and its health. */
@QuarkusTest
class ServiceIT extends GatewayIT {
    @TestHTTPResource(value = "/health/ready", management = true)
    URI readiness;

    @Test
    void listsModelsInOpenAisShape() {
        HttpResponse<String> answer = get("/v1/models", IdentityPeer.clientToken(ALICE));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = json(answer);
        assertThat(body.get("object").asText()).isEqualTo("list");
        assertThat(elements(body.get("data")))
                .extracting(model -> model.get("id").asText())
                .containsExactly("simulated", "simulated-premium");
        JsonNode premium = body.at("/data/1");
        assertThat(premium.get("object").asText()).isEqualTo("model");
        assertThat(premium.get("owned_by").asText()).isEqualTo("simulated");
        assertThat(premium.at("/parley/tier").asText()).isEqualTo("premium");
        assertThat(premium.at("/parley/context_window").asInt()).isEqualTo(32768);
        assertThat(premium.at("/parley/capabilities/0").asText()).isEqualTo("text");
    }

    @Test
    void leavesOutModelsThatThePlanDoesNotCover() {
        UsageBillingPeer.tiers = "[\"standard\",\"some-new-tier\"]";
        TokenClaims poor = TokenClaims.client("user_bob", "org_" + UUID.randomUUID());

        assertThat(elements(json(get("/v1/models", IdentityPeer.clientToken(poor))).get("data")))
                .extracting(model -> model.get("id").asText())
                .containsExactly("simulated");
    }

    @Test
    void cannotTellWhatIsUsableWhileUsageBillingIsAway() {
        UsageBillingPeer.tiers = "nonsense";
        TokenClaims unknown = TokenClaims.client("user_eve", "org_" + UUID.randomUUID());

        assertRefused(
                get("/v1/models", IdentityPeer.clientToken(unknown)),
                503,
                "dependency_unavailable");
    }

    @Test
    void showsOneModel() {
        String token = IdentityPeer.clientToken(ALICE);
        assertThat(json(get("/v1/models/simulated", token)).get("id").asText())
                .isEqualTo("simulated");
        assertRefused(get("/v1/models/none", token), 404, "model_not_found");
        assertRefused(get("/v1/models/%0A", token), 404, "model_not_found");
        assertRefused(get("/v1/models/simulated", "nonsense"), 401, "invalid_token");
    }

    @Test
    void discoversModelsAndForgetsThoseThatAreGone() {
        execute(
                """
                insert into model (id, name, provider, tier, context_window,
                    default_output_tokens, tokenizer)
                values (gen_random_uuid(), 'withdrawn', 'simulated', 'STANDARD', 100, 10,
                    'WHITESPACE')
                """);
        execute("delete from model where name = 'simulated-premium'");
        String token = IdentityPeer.clientToken(ALICE);

        eventually(
                java.time.Duration.ofSeconds(15),
                () -> {
                    String names = get("/v1/models", token).body();
                    return names.contains("simulated-premium") && !names.contains("withdrawn");
                });

        JsonNode rediscovered = json(get("/v1/models/simulated-premium", token));
        assertThat(rediscovered.at("/parley/tier").asText()).isEqualTo("premium");
        assertThat(rediscovered.at("/parley/context_window").asInt()).isEqualTo(32768);
        execute("delete from model where name = 'withdrawn'");
    }

    @Test
    void tellsServicesWhatAContextPlanNeeds() {
        JsonNode models =
                json(get("/internal/models", IdentityPeer.serviceToken("conversation-service")));

        JsonNode first = models.at("/data/0");
        assertThat(first.get("id").asText()).isEqualTo("simulated");
        assertThat(first.get("context_window").asInt()).isEqualTo(8192);
        assertThat(first.get("default_output_tokens").asInt()).isEqualTo(1024);
        assertThat(get("/internal/models", IdentityPeer.clientToken(ALICE)).statusCode())
                .isIn(401, 403);
    }

    @Test
    void isReadyThoughTheProviderIsNot() {
        behave("{\"fault\":\"refuse\"}");

        HttpResponse<String> answer = send(HttpRequest.newBuilder(readiness).build());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("catalogue");
    }

    @Test
    void publishesItsDocument() {
        HttpResponse<String> answer = send(to("/openapi/llm-gateway-service.json").GET().build());

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode paths = json(answer).get("paths");
        assertThat(paths.at("/~1v1~1chat~1completions/post/responses/400/x-codes").toString())
                .contains("\"invalid_request\"")
                .doesNotContain("upstream_refused");
        assertThat(paths.has("/v1/chat/completions")).isTrue();
        assertThat(paths.has("/v1/models")).isTrue();
        assertThat(paths.has("/internal/generations")).isFalse();
    }

    @Test
    void unknownPathsAreProblems() {
        assertRefused(get("/v1/nothing", IdentityPeer.clientToken(ALICE)), 404, "not_found");
    }
}
