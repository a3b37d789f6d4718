package dev.parley.local.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorIT {
    private static final String CHAT =
            "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\"a b c\"}]}";

    private static SimulatedProvider provider;
    private static ProviderClient client;

    @BeforeAll
    static void start() {
        provider = SimulatedProvider.start(0);
        client = new ProviderClient(provider.url());
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @BeforeEach
    void reset() throws Exception {
        client.post("/simulator/reset", "");
    }

    @Test
    void keepsThePaceItWasTold() throws Exception {
        client.behave("{\"first_token\":\"150ms\",\"between_tokens\":\"30ms\",\"tokens\":6}");

        Instant before = Instant.now();
        client.lines("/api/chat", CHAT);
        Duration took = Duration.between(before, Instant.now());

        JsonNode call = onlyCall();
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(between(call, "started_at", "first_token_at"))
                .isBetween(Duration.ofMillis(150), Duration.ofMillis(400));
        assertThat(between(call, "first_token_at", "last_token_at"))
                .isBetween(Duration.ofMillis(140), Duration.ofMillis(400));
        assertThat(call.get("token_times_ms")).hasSize(6);
    }

    @Test
    void countsACallThatEndedByTheCallersId() throws Exception {
        client.behave("{\"tokens\":9}");
        client.http()
                .send(
                        client.to("/api/chat")
                                .header("x-request-id", "gen_1")
                                .POST(HttpRequest.BodyPublishers.ofString(CHAT))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        JsonNode totals = client.totals();
        JsonNode call = onlyCall();
        assertThat(call.get("id").asText()).isEqualTo("gen_1");
        assertThat(call.get("status").asText()).isEqualTo("completed");
        assertThat(call.get("endpoint").asText()).isEqualTo("/api/chat");
        for (JsonNode sums : new JsonNode[] {totals, totals.at("/by_model/simulated")}) {
            assertThat(sums.get("calls").intValue()).isEqualTo(1);
            assertThat(sums.get("completed").intValue()).isEqualTo(1);
            assertThat(sums.get("cut").intValue()).isZero();
            assertThat(sums.get("prompt_tokens").intValue()).isEqualTo(3);
            assertThat(sums.get("completion_tokens").intValue()).isEqualTo(9);
        }
    }

    @Test
    void countsWhatItSentToACallerWhoWentAway() throws Exception {
        client.behave("{\"between_tokens\":\"20ms\",\"tokens\":500}");
        int read = 5;
        try (BufferedReader lines = open()) {
            for (int i = 0; i < read; i++) {
                assertThat(lines.readLine()).contains("\"done\":false");
            }
        }

        JsonNode call = eventually("cut");
        int sent = call.get("completion_tokens").intValue();
        assertThat(sent).isBetween(read, 100);
        assertThat(call.get("prompt_tokens").intValue()).isEqualTo(3);
        assertThat(call.get("completion_tokens_in_last_second").intValue()).isBetween(read, sent);
        assertThat(client.totals().get("cut").intValue()).isEqualTo(1);
        assertThat(client.totals().get("completed").intValue()).isZero();
        Thread.sleep(Duration.ofMillis(200));
        assertThat(onlyCall().get("completion_tokens").intValue()).isEqualTo(sent);
    }

    @Test
    void doesNotCountWhatACallerDoesNotTake() throws Exception {
        client.behave("{\"tokens\":1000000}");

        try (BufferedReader lines = open()) {
            assertThat(lines.readLine()).isNotBlank();
            Thread.sleep(Duration.ofMillis(300));
        }

        int sent = eventually("cut").get("completion_tokens").intValue();
        assertThat(sent).isBetween(1, 500_000);
    }

    @Test
    void listsTheCallsAfterOne() throws Exception {
        for (int i = 0; i < 3; i++) {
            client.lines("/api/chat", CHAT);
        }

        JsonNode all = client.json(client.get("/simulator/calls"));
        JsonNode later = client.json(client.get("/simulator/calls?after=2"));

        assertThat(all.get("calls")).hasSize(3);
        assertThat(later.get("calls")).hasSize(1);
        assertThat(later.at("/calls/0/sequence").longValue()).isEqualTo(3);
        assertThat(later.get("next").longValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "-1", "9223372036854775808", "12345678901234567890"})
    void aSequenceNumberIsOne(String after) throws Exception {
        assertThat(client.get("/simulator/calls?after=" + after).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "4097", "2147483647", "1.5", "\"8\"", "99999999999"})
    void anEmbeddingHasALengthThatCanBe(String dimensions) throws Exception {
        String body = "{\"model\":\"simulated\",\"input\":\"a\",\"dimensions\":" + dimensions + "}";

        HttpResponse<String> ollama = client.post("/api/embed", body);
        HttpResponse<String> openAi = client.post("/v1/embeddings", body);

        assertThat(ollama.statusCode()).isEqualTo(400);
        assertThat(client.json(ollama).get("error").asText()).contains("dimensions");
        assertThat(openAi.statusCode()).isEqualTo(400);
        assertThat(client.json(openAi).at("/error/message").asText()).contains("dimensions");
        assertThat(client.totals().get("calls").intValue()).isZero();
    }

    @Test
    void refusesABehaviourThatItDoesNotUnderstand() {
        assertThatThrownBy(() -> client.behave("{\"fault\":\"flood\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("die_mid_stream");
    }

    @Test
    void refuseClosesTheConnection() throws Exception {
        client.behave("{\"fault\":\"refuse\"}");

        assertThatThrownBy(() -> client.post("/api/chat", CHAT)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.get("/api/tags")).isInstanceOf(IOException.class);
        assertThat(client.totals().get("failed").intValue()).isEqualTo(1);
        assertThat(client.totals().get("prompt_tokens").intValue()).isZero();
    }

    @Test
    void hangNeverAnswersAndNoticesThatTheCallerLeft() throws Exception {
        client.behave("{\"fault\":\"hang\"}");
        HttpRequest request =
                client.to("/api/chat")
                        .timeout(Duration.ofMillis(300))
                        .POST(HttpRequest.BodyPublishers.ofString(CHAT))
                        .build();

        assertThatThrownBy(() -> client.http().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        JsonNode call = eventually("cut");
        assertThat(call.get("prompt_tokens").intValue()).as("it was read").isEqualTo(3);
        assertThat(call.get("completion_tokens").intValue()).isZero();
    }

    @Test
    void dyingMidStreamSendsHalf() throws Exception {
        client.behave("{\"fault\":\"die_mid_stream\",\"tokens\":10}");

        assertThatThrownBy(() -> client.post("/api/chat", CHAT)).isInstanceOf(IOException.class);

        JsonNode call = eventually("failed");
        assertThat(call.get("completion_tokens").intValue()).isEqualTo(5);
    }

    @Test
    void badJsonIsNoJson() throws Exception {
        client.behave("{\"fault\":\"bad_json\"}");

        HttpResponse<String> answer = client.post("/api/chat", CHAT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> client.json(answer)).isInstanceOf(IllegalArgumentException.class);
        assertThat(onlyCall().get("status").asText()).isEqualTo("failed");
    }

    @Test
    void theStatusFaultsAnswerInEachProtocolsWords() throws Exception {
        client.behave("{\"fault\":\"429\"}");
        HttpResponse<String> ollama = client.post("/api/chat", CHAT);
        client.behave("{\"fault\":\"500\"}");
        HttpResponse<String> openAi = client.post("/v1/chat/completions", CHAT);
        HttpResponse<String> embed =
                client.post("/api/embed", "{\"model\":\"simulated\",\"input\":\"a\"}");

        assertThat(ollama.statusCode()).isEqualTo(429);
        assertThat(ollama.headers().firstValue("retry-after")).hasValue("1");
        assertThat(client.json(ollama).get("error").isTextual()).isTrue();
        assertThat(openAi.statusCode()).isEqualTo(500);
        assertThat(client.json(openAi).at("/error/message").isTextual()).isTrue();
        assertThat(embed.statusCode()).isEqualTo(500);
        client.behave("{\"fault\":\"400\"}");
        assertThat(client.post("/api/chat", CHAT).statusCode()).isEqualTo(400);
    }

    @Test
    void aRateStrikesSomeAndResetEndsIt() throws Exception {
        client.behave("{\"fault\":\"500\",\"fault_rate\":0.5,\"seed\":3}");
        for (int i = 0; i < 40; i++) {
            client.post("/api/chat", CHAT);
        }
        int failed = client.totals().get("failed").intValue();

        client.post("/simulator/reset", "");

        assertThat(failed).isBetween(8, 32);
        assertThat(client.totals().get("calls").intValue()).isZero();
        assertThat(client.json(client.get("/simulator/behaviour")).get("fault").asText())
                .isEqualTo("none");
        assertThat(client.post("/api/chat", CHAT).statusCode()).isEqualTo(200);
    }

    private static BufferedReader open() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.http()
                        .send(
                                client.to("/api/chat")
                                        .POST(HttpRequest.BodyPublishers.ofString(CHAT))
                                        .build(),
                                HttpResponse.BodyHandlers.ofInputStream());
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode onlyCall() throws IOException, InterruptedException {
        JsonNode calls = client.json(client.get("/simulator/calls")).get("calls");
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private static JsonNode eventually(String status) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        JsonNode call = onlyCall();
        while (!call.get("status").asText().equals(status) && System.nanoTime() < end) {
            Thread.sleep(Duration.ofMillis(10));
            call = onlyCall();
        }
        assertThat(call.get("status").asText()).isEqualTo(status);
        return call;
    }

    private static Duration between(JsonNode call, String from, String to) {
        return Duration.between(
                Instant.parse(call.get(from).asText()), Instant.parse(call.get(to).asText()));
    }
}
