package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However a call ends, it is put on record once, with what was really used. */
@QuarkusTest
class EndingsIT extends GatewayIT {
    private static final String PLAIN =
            "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";
    private static final String STREAM =
            PLAIN.replace("\"messages\"", "\"stream\":true,\"messages\"");

    @Test
    void aClientThatLeavesAStreamCutsTheProviderWithinASecond() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":400}");

        try (RawConnection client =
                RawConnection.post(
                        gateway, "/v1/chat/completions", IdentityPeer.clientToken(ALICE), STREAM)) {
            client.readUntil("words:");
        }
        Instant left = Instant.now();
        eventually(() -> totals().get("cut").asInt() == 1);

        assertThat(Duration.between(left, Instant.now())).isLessThan(Duration.ofSeconds(1));
        assertClientGone();
    }

    @Test
    void aClientThatLeavesAPlainCallCutsTheProviderWithinASecond() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":400}");

        try (RawConnection client =
                RawConnection.post(
                        gateway, "/v1/chat/completions", IdentityPeer.clientToken(ALICE), PLAIN)) {
            eventually(
                    () ->
                            !providerCalls().isEmpty()
                                    && providerCalls().getFirst().get("completion_tokens").asInt()
                                            > 4);
        }
        Instant left = Instant.now();
        eventually(() -> totals().get("cut").asInt() == 1);

        assertThat(Duration.between(left, Instant.now())).isLessThan(Duration.ofSeconds(1));
        assertClientGone();
    }

    private void assertClientGone() {
        JsonNode usage = onlyUsageRecord();
        JsonNode call = providerCalls().getFirst();
        assertThat(usage.get("finish").asText()).isEqualTo("client_gone");
        assertThat(usage.get("estimated").asBoolean()).isTrue();
        assertThat(usage.get("input_tokens").asInt()).isEqualTo(3);
        int missing = call.get("completion_tokens").asInt() - usage.get("output_tokens").asInt();
        assertThat(missing).isBetween(0, call.get("completion_tokens_in_last_second").asInt());
        assertThat(usage.get("output_tokens").asInt()).isPositive();
        assertThat(usage.get("first_token_at").isNull()).isFalse();
    }

    @Test
    void aClientThatLeavesBeforeTheFirstTokenPaysForItsInput() {
        behave("{\"first_token\":\"10s\"}");

        try (RawConnection client =
                RawConnection.post(
                        gateway, "/v1/chat/completions", IdentityPeer.clientToken(ALICE), STREAM)) {
            eventually(() -> !providerCalls().isEmpty());
        }
        eventually(Duration.ofSeconds(1), () -> totals().get("cut").asInt() == 1);

        JsonNode usage = onlyUsageRecord();
        assertThat(usage.get("input_tokens").asInt()).isEqualTo(3);
        assertThat(usage.get("output_tokens").asInt()).isZero();
        assertThat(usage.get("first_token_at").isNull()).isTrue();
    }

    @Test
    void aProviderThatDiesMidStreamIsOneErrorEventAndTheEnd() {
        behave("{\"between_tokens\":\"20ms\",\"tokens\":10,\"fault\":\"die_mid_stream\"}");

        HttpResponse<String> stream = chat(STREAM);

        assertThat(stream.statusCode()).isEqualTo(200);
        List<String> events = events(stream);
        JsonNode error = json(events.getLast()).get("error");
        assertThat(error.get("code").asText()).isEqualTo("upstream_error");
        assertThat(events).doesNotContain("[DONE]");
        JsonNode usage = onlyUsageRecord();
        assertThat(usage.get("finish").asText()).isEqualTo("upstream_failed");
        assertThat(usage.get("estimated").asBoolean()).isTrue();
        assertThat(usage.get("input_tokens").asInt()).isEqualTo(3);
        assertThat(usage.get("output_tokens").asInt())
                .isEqualTo(totals().get("completion_tokens").asInt());
    }

    @Test
    void aProviderThatDiesUnderAPlainCallIs502AndNotToBeRetried() {
        behave("{\"between_tokens\":\"5ms\",\"tokens\":10,\"fault\":\"die_mid_stream\"}");

        HttpResponse<String> answer = chat(PLAIN);

        assertRefused(answer, 502, "upstream_error");
        assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(onlyUsageRecord().get("output_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void aProviderThatSendsGarbageIs502() {
        behave("{\"fault\":\"bad_json\"}");

        assertRefused(chat(STREAM), 502, "upstream_error");
        assertThat(totals().get("calls").asInt()).isEqualTo(1);
        JsonNode usage = onlyUsageRecord();
        assertThat(usage.get("finish").asText()).isEqualTo("upstream_failed");
        assertThat(usage.get("input_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void aProviderThatFailsIsAskedAgainAndThenIs502WithoutABill() {
        for (String fault : List.of("500", "429", "refuse")) {
            simulator("POST", "/simulator/reset", "");
            behave("{\"fault\":\"" + fault + "\"}");

            HttpResponse<String> answer = chat(PLAIN);

            assertRefused(answer, 502, "upstream_error");
            assertThat(answer.headers().firstValue("x-parley-attempts")).hasValue("2");
            assertThat(totals().get("calls").asInt()).as(fault).isEqualTo(2);
        }
        eventually(() -> UsageBillingPeer.RELEASED.size() == 3);
        assertThat(usageRecords()).isEmpty();
    }

    @Test
    void aSecondAttemptThatSucceedsIsTheAnswer() {
        behave("{\"fault\":\"500\",\"fault_rate\":0.5,\"seed\":7}");

        boolean retried = false;
        for (int i = 0; i < 20 && !retried; i++) {
            HttpResponse<String> answer = chat(PLAIN);
            retried =
                    answer.statusCode() == 200
                            && answer.headers()
                                    .firstValue("x-parley-attempts")
                                    .orElse("")
                                    .equals("2");
        }

        assertThat(retried).isTrue();
        assertThat(usageRecords().getLast().get("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void aProviderThatHangsIs504WithoutABill() {
        behave("{\"fault\":\"hang\"}");
        Instant asked = Instant.now();

        HttpResponse<String> answer = chat(STREAM);

        assertRefused(answer, 504, "upstream_timeout");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(4));
        eventually(() -> UsageBillingPeer.RELEASED.size() == 1);
        eventually(Duration.ofSeconds(1), () -> totals().get("cut").asInt() == 1);
        assertThat(usageRecords()).isEmpty();
    }

    @Test
    void aProviderThatStallsMidStreamIsATimeoutEvent() {
        behave("{\"between_tokens\":\"5s\",\"tokens\":10}");

        List<String> events = events(chat(STREAM));

        assertThat(json(events.getLast()).at("/error/code").asText()).isEqualTo("upstream_timeout");
        JsonNode usage = onlyUsageRecord();
        assertThat(usage.get("output_tokens").asInt()).isEqualTo(1);
        assertThat(usage.get("finish").asText()).isEqualTo("upstream_failed");
        eventually(() -> totals().get("cut").asInt() == 1);
    }

    @Test
    void outputThatCannotBeCheckedIsNotShown() {
        ModerationPeer.output = ModerationPeer.Mood.FAIL;

        assertRefused(chat(PLAIN), 503, "dependency_unavailable");
        assertRefused(chat(STREAM), 503, "dependency_unavailable");

        assertThat(usageRecords())
                .hasSize(2)
                .allSatisfy(
                        usage -> assertThat(usage.get("finish").asText()).isEqualTo("cancelled"));
    }

    @Test
    void checksThatAreLostAreRepeated() {
        ModerationPeer.LOST.set(1);
        assertThat(chat(PLAIN).statusCode()).as("of the input").isEqualTo(200);

        behave("{\"between_tokens\":\"20ms\",\"tokens\":10}");
        ModerationPeer.awaits =
                () -> {
                    if (ModerationPeer.OUTPUTS.size() == 2) {
                        ModerationPeer.LOST.set(2);
                    }
                    return true;
                };
        assertThat(events(chat(STREAM)).getLast()).as("of the output").isEqualTo("[DONE]");
    }

    @Test
    void outputThatCannotBeCheckedIsShownWhereThePolicyFailsOpen() {
        ModerationPeer.output = ModerationPeer.Mood.HANG;
        ModerationPeer.failOpen = true;
        behave("{\"tokens\":6}");

        List<String> events = events(chat(STREAM));

        assertThat(events.getLast()).isEqualTo("[DONE]");
        assertThat(String.join("", events)).contains("words:");
    }

    @Test
    void aRevokedKeyEndsItsStreamWithinTwoSeconds() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":400}");
        String key = IdentityPeer.apiKey(ALICE);

        try (RawConnection client =
                RawConnection.post(gateway, "/v1/chat/completions", key, STREAM)) {
            client.readUntil("words:");
            IdentityPeer.revoke(key);
            Instant revoked = Instant.now();

            assertThat(client.readUntil("\"error\"")).contains("invalid_token");
            assertThat(Duration.between(revoked, Instant.now())).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(onlyUsageRecord().get("finish").asText()).isEqualTo("cancelled");
    }

    @Test
    void openCallsAreReportedAtOnceAndEveryTwoSeconds() {
        behave("{\"between_tokens\":\"100ms\",\"tokens\":60}");

        chat(STREAM);

        assertThat(UsageBillingPeer.PROGRESS).hasSizeBetween(3, 5);
        JsonNode first = UsageBillingPeer.PROGRESS.getFirst().at("/calls/0");
        assertThat(first.get("reached_provider").asBoolean()).isTrue();
        assertThat(first.get("output_tokens").asInt()).isLessThan(15);
        JsonNode last = UsageBillingPeer.PROGRESS.getLast().at("/calls/0");
        assertThat(last.get("reached_provider").asBoolean()).isTrue();
        assertThat(last.get("input_tokens").asInt()).isEqualTo(3);
        assertThat(last.get("output_tokens").asInt()).isBetween(15, 60);
        assertThat(last.get("reservation").asText())
                .isEqualTo(onlyUsageRecord().get("reservation").asText());
    }
}
