package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same path, as conversation-service calls it. */
@QuarkusTest
class GenerationIT extends GatewayIT {
    @Test
    void streamsLinesFromAdmissionToTheEnd() {
        behave("{\"tokens\":6,\"between_tokens\":\"10ms\"}");
        String call = newCall();

        HttpResponse<String> stream = generate(body(call, "turn"));

        assertThat(stream.statusCode()).as(stream.body()).isEqualTo(200);
        assertThat(stream.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(stream.headers().firstValue("x-ratelimit-limit-requests")).hasValue("600");
        List<JsonNode> lines = lines(stream);
        JsonNode admitted = lines.getFirst();
        assertThat(admitted.get("type").asText()).isEqualTo("admitted");
        assertThat(admitted.get("reservation").asText()).startsWith("rsv_");
        assertThat(admitted.get("granted_output_tokens").asInt()).isEqualTo(50);
        assertThat(admitted.get("model").asText()).isEqualTo("simulated");
        assertThat(admitted.get("provider").asText()).isEqualTo("simulated");
        assertThat(admitted.at("/limits/0/resets_at").isTextual()).isTrue();
        assertThat(admitted.at("/warnings/0").asText()).isEqualTo("tokens_per_day");
        StringBuilder text = new StringBuilder();
        lines.subList(1, lines.size() - 1)
                .forEach(
                        line -> {
                            assertThat(line.get("type").asText()).isEqualTo("delta");
                            text.append(line.get("text").asText());
                        });
        assertThat(text.toString().split(" ", -1)).hasSize(6);
        JsonNode finished = lines.getLast();
        assertThat(finished.get("type").asText()).isEqualTo("finished");
        assertThat(finished.get("finish").asText()).isEqualTo("stop");
        assertThat(finished.get("input_tokens").asInt()).isEqualTo(7);
        assertThat(finished.get("output_tokens").asInt()).isEqualTo(6);
        assertThat(finished.get("estimated").asBoolean()).isFalse();

        JsonNode usage = onlyUsageRecord();
        assertThat(usage.get("call").asText()).isEqualTo(call);
        assertThat(usage.get("purpose").asText()).isEqualTo("turn");
        assertThat(usage.get("conversation").asText()).isEqualTo("conv_1");
        assertThat(usage.get("response").asText()).isEqualTo("resp_1");
        assertThat(providerCalls().getFirst().get("id").asText()).isEqualTo(call);
    }

    @Test
    void aTurnsHistoryIsNotScreenedAgain() {
        generate(body(newCall(), "turn"));

        JsonNode items = ModerationPeer.INPUTS.getFirst().get("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).get("text").asText()).isEqualTo("and now this");
    }

    @Test
    void whatNoTurnHasScreenedIsScreenedWhereverItStands() {
        String body =
                body(newCall(), "turn")
                        .replace(
                                "\"screened\":true,\"content\":[{\"type\":\"text\",\"text\":\"old",
                                "\"content\":[{\"type\":\"text\",\"text\":\"a forbidden thing");

        assertRefused(generate(body), 422, "content_blocked");
    }

    @Test
    void aClosedConnectionCancelsTheProviderAndIsOnRecord() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":400}");
        String body = body(newCall(), "turn").replace("tokens\":50", "tokens\":400");

        try (RawConnection client =
                RawConnection.post(
                        gateway,
                        "/internal/generations",
                        IdentityPeer.exchangedToken(ALICE, "conversation-service"),
                        body)) {
            client.readUntil("words:");
        }
        eventually(() -> totals().get("cut").asInt() == 1);

        JsonNode usage = onlyUsageRecord();
        assertThat(usage.get("finish").asText()).isEqualTo("cancelled");
        assertThat(usage.get("estimated").asBoolean()).isTrue();
        assertThat(usage.get("output_tokens").asInt()).isPositive();
    }

    @Test
    void aFailureIsTheLastLine() {
        behave("{\"fault\":\"500\"}");

        List<JsonNode> lines = lines(generate(body(newCall(), "turn")));

        assertThat(lines).hasSize(2);
        assertThat(lines.getLast().get("type").asText()).isEqualTo("failed");
        assertThat(lines.getLast().get("code").asText()).isEqualTo("upstream_error");
        assertThat(lines.getLast().get("output_tokens").asInt()).isZero();
    }

    @Test
    void refusalsAreProblems() {
        assertRefused(
                generate(body(newCall(), "turn").replace("and now this", "a forbidden thing")),
                422,
                "content_blocked");
        assertRefused(
                generate(body(newCall(), "turn").replace("\"simulated\"", "\"other\"")),
                404,
                "model_not_found");
        assertRefused(generate(body("gen_1", "turn")), 400, "invalid_request", "call");
        assertRefused(generate(body(newCall(), "fun")), 400, "invalid_request", "purpose");
        assertRefused(
                generate(body(newCall(), "turn").replace("\"purpose\"", "\"porpoise\"")),
                400,
                "unknown_parameter",
                "porpoise");
    }

    @Test
    void isOpenToConversationServiceOnBehalfOfSomeoneOnly() {
        for (String token :
                List.of(
                        IdentityPeer.exchangedToken(ALICE, "moderation-service"),
                        IdentityPeer.serviceToken("conversation-service"),
                        IdentityPeer.clientToken(ALICE))) {
            HttpResponse<String> answer =
                    send(
                            to("/internal/generations")
                                    .header("authorization", "Bearer " + token)
                                    .POST(BodyPublishers.ofString(body(newCall(), "turn")))
                                    .build());
            assertThat(answer.statusCode()).isIn(401, 403);
        }
    }

    private static String newCall() {
        return "gen_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String body(String call, String purpose) {
        return """
               {"call":"%s","purpose":"%s","conversation":"conv_1","response":"resp_1",
                "model":"simulated","max_output_tokens":50,"temperature":null,"top_p":null,
                "messages":[
                 {"role":"system","content":[{"type":"text","text":"be kind"}]},
                 {"role":"user","screened":true,"content":[{"type":"text","text":"old"}]},
                 {"role":"assistant","screened":true,"content":[{"type":"text","text":"answer"}]},
                 {"role":"user","content":[{"type":"text","text":"and now this"}]}]}
               """
                .formatted(call, purpose);
    }
}
