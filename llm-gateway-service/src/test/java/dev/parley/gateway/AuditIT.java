package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.EventContract;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Refused calls are told to the audit trail, accepted ones to the ledger alone. */
@QuarkusTest
class AuditIT extends GatewayIT {
    private static final EventContract CONTRACT =
            EventContract.own("dev.parley.gateway.audit_recorded.v1");
    private static final EventContract USAGE =
            EventContract.own("dev.parley.gateway.usage_recorded.v1");

    private final String organization = id("org_");
    private final TokenClaims person =
            TokenClaims.client(id("user_"), organization).withScopes("chat");

    @Test
    void tellsOfARefusalWithItsCode() {
        UsageBillingPeer.mood = UsageBillingPeer.Mood.REFUSE;
        UsageBillingPeer.refusal = JsonServer.Answer.problem(429, "rate_limited");

        assertRefused(chatOf("a secret question"), 429, "rate_limited");

        JsonNode refused = told();
        assertThat(refused.path("action").asText()).isEqualTo("generation.create");
        assertThat(refused.path("outcome").asText()).isEqualTo("refused");
        assertThat(refused.path("code").asText()).isEqualTo("rate_limited");
        assertThat(refused.path("actor").asText()).isEqualTo(person.subject());
        assertThat(refused.path("trace").asText()).matches("[0-9a-f]{32}");
        assertThat(refused.toString()).doesNotContain("secret");
    }

    @Test
    void tellsOfBlockedContent() {
        assertRefused(chatOf("a forbidden thing"), 422, "content_blocked");

        assertThat(told().path("code").asText()).isEqualTo("content_blocked");
    }

    @Test
    void tellsThatAPolicyLetUncheckedTextBeShown() {
        ModerationPeer.output = ModerationPeer.Mood.FAIL;
        ModerationPeer.failOpen = true;

        assertThat(chatOf("Hello").statusCode()).isEqualTo(200);

        JsonNode shown = told();
        assertThat(shown.path("action").asText()).isEqualTo("generation.show_unchecked");
        assertThat(shown.path("outcome").asText()).isEqualTo("allowed");
        assertThat(shown.path("resource_id").asText()).startsWith("chatcmpl-");
        assertThat(shown.path("trace").asText()).matches("[0-9a-f]{32}");
    }

    @Test
    void leavesAnAcceptedCallToItsUsageRecord() {
        assertThat(chatOf("Hello").statusCode()).isEqualTo(200);
        eventually(() -> !read("parley.usage").isEmpty());

        assertThat(USAGE.faultsOf(read("parley.usage").getFirst())).isEmpty();
        assertThat(read("parley.audit")).isEmpty();
    }

    private HttpResponse<String> chatOf(String text) {
        return chatAs(
                IdentityPeer.clientToken(person),
                """
                {"model":"simulated","messages":[{"role":"user","content":"%s"}]}
                """
                        .formatted(text));
    }

    private JsonNode told() {
        eventually(() -> !read("parley.audit").isEmpty());
        List<String> told = read("parley.audit");
        assertThat(told).hasSize(1);
        assertThat(CONTRACT.faultsOf(told.getFirst())).isEmpty();
        return json(told.getFirst());
    }

    private List<String> read(String topic) {
        return committed(
                "select data from outbox where topic = '%s' and event_key = '%s' order by sequence"
                        .formatted(topic, organization));
    }

    private static String id(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
