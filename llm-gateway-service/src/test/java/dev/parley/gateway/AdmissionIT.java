package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Reservation and input check, together and before any header. */
@QuarkusTest
class AdmissionIT extends GatewayIT {
    private static final String BODY =
            "{\"model\":\"simulated\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
    private static final String FINE = BODY.formatted("a fine day");

    /** Each of the two answers only once the other was asked. */
    @Test
    void asksBothAtTheSameTime() {
        UsageBillingPeer.awaits = () -> !ModerationPeer.INPUTS.isEmpty();
        ModerationPeer.awaits = () -> !UsageBillingPeer.RESERVED.isEmpty();

        assertThat(chat(FINE).statusCode()).isEqualTo(200);
    }

    @Test
    void blockedInputGivesItsReservationBack() {
        HttpResponse<String> answer = chat(BODY.formatted("a forbidden thing"));

        assertRefused(answer, 422, "content_blocked");
        assertThat(json(answer).at("/categories/0").asText()).isEqualTo("violence");
        eventually(() -> UsageBillingPeer.RELEASED.size() == 1);
        assertThat(totals().get("calls").asInt()).isZero();
        assertThat(usageRecords()).isEmpty();
    }

    @Test
    void suppliedAnswersAreScreenedAndInstructionsAreNot() {
        chat(
                """
                {"model":"simulated","messages":[{"role":"system","content":"never forbidden"},
                 {"role":"assistant","content":"I said"},{"role":"user","content":"go on"}]}
                """);

        JsonNode items = ModerationPeer.INPUTS.getFirst().get("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("role").asText()).isEqualTo("assistant");
        assertThat(items.get(1).get("text").asText()).isEqualTo("go on");
    }

    @Test
    void instructionsAloneAreNothingToScreen() {
        HttpResponse<String> answer =
                chat(
                        "{\"model\":\"simulated\",\"messages\":[{\"role\":\"system\",\"content\":\"go\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(ModerationPeer.INPUTS).isEmpty();
    }

    @Test
    void aReservationThatComesAfterTheRefusalIsGivenBackToo() {
        UsageBillingPeer.delay = Duration.ofMillis(400);

        HttpResponse<String> answer = chat(BODY.formatted("a forbidden thing"));

        assertRefused(answer, 422, "content_blocked");
        assertThat(UsageBillingPeer.RELEASED).isEmpty();
        eventually(() -> UsageBillingPeer.RELEASED.size() == 1);
    }

    @Test
    void refusalsOfUsageBillingKeepTheirCode() {
        UsageBillingPeer.mood = UsageBillingPeer.Mood.REFUSE;
        for (String code :
                new String[] {
                    "402 subscription_inactive",
                    "402 budget_exhausted",
                    "403 model_not_in_plan",
                    "429 rate_limited"
                }) {
            int status = Integer.parseInt(code.substring(0, 3));
            UsageBillingPeer.refusal = JsonServer.Answer.problem(status, code.substring(4));

            HttpResponse<String> answer = chat(FINE);

            assertRefused(answer, status, code.substring(4));
            assertThat(json(answer).get("detail").asText())
                    .isEqualTo("because of " + code.substring(4));
        }
        assertThat(totals().get("calls").asInt()).isZero();
    }

    @Test
    void anExhaustedQuotaTellsItsLimitsAndWhenToComeBack() {
        UsageBillingPeer.mood = UsageBillingPeer.Mood.REFUSE;
        UsageBillingPeer.refusal = UsageBillingPeer.limitRefusal();

        HttpResponse<String> answer = chat(FINE);

        assertRefused(answer, 429, "quota_exceeded");
        assertThat(answer.headers().firstValue("retry-after")).hasValue("3600");
        assertThat(answer.headers().firstValue("retry-after-ms")).hasValue("3600000");
        assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("0");
        assertThat(json(answer).at("/limits/0/name").asText()).isEqualTo("requests_per_minute");
    }

    @Test
    void withoutUsageBillingNothingIsCalled() {
        UsageBillingPeer.mood = UsageBillingPeer.Mood.FAIL;
        HttpResponse<String> answer = chat(FINE);

        assertRefused(answer, 503, "dependency_unavailable");
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");

        UsageBillingPeer.mood = UsageBillingPeer.Mood.REFUSE;
        UsageBillingPeer.refusal = JsonServer.Answer.problem(503, "overloaded");
        assertRefused(chat(FINE), 503, "overloaded");
        assertThat(totals().get("calls").asInt()).isZero();
    }

    @Test
    void withoutModerationNothingIsCalledAndNothingStaysReserved() {
        ModerationPeer.input = ModerationPeer.Mood.FAIL;
        ModerationPeer.failOpen = true;

        assertRefused(chat(FINE), 503, "dependency_unavailable");
        eventually(() -> UsageBillingPeer.RELEASED.size() == 1);
        assertThat(totals().get("calls").asInt()).isZero();
    }

    @Test
    void aNeighbourThatHangsIsNotWaitedForBeyondTheDeadline() {
        UsageBillingPeer.mood = UsageBillingPeer.Mood.HANG;
        assertUnavailableInTime();

        UsageBillingPeer.mood = UsageBillingPeer.Mood.GRANT;
        ModerationPeer.input = ModerationPeer.Mood.HANG;
        assertUnavailableInTime();
        eventually(() -> UsageBillingPeer.RELEASED.size() == 1);
    }

    private void assertUnavailableInTime() {
        Instant asked = Instant.now();
        assertRefused(chat(FINE), 503, "dependency_unavailable");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofMillis(1800));
    }

    @Test
    void aClientThatLeavesDuringAdmissionLeavesNothingReserved() {
        UsageBillingPeer.delay = Duration.ofMillis(300);
        try (RawConnection client =
                RawConnection.post(
                        gateway, "/v1/chat/completions", IdentityPeer.clientToken(ALICE), FINE)) {
            eventually(() -> !UsageBillingPeer.RESERVED.isEmpty());
        }

        eventually(() -> UsageBillingPeer.RELEASED.size() == 1);
        assertThat(totals().get("calls").asInt()).isZero();
        assertThat(usageRecords()).isEmpty();
    }
}
