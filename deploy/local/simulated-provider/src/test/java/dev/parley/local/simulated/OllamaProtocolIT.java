package dev.parley.local.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OllamaProtocolIT {
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
    void chatStreamsOneLineATokenAndEndsWithTheCounts() throws Exception {
        client.behave("{\"tokens\":12}");

        List<JsonNode> lines = client.lines("/api/chat", chat("Hello out there", ""));

        JsonNode last = lines.getLast();
        assertThat(lines).hasSize(13);
        assertThat(lines.subList(0, 12)).noneMatch(line -> line.get("done").booleanValue());
        assertThat(last.get("done").booleanValue()).isTrue();
        assertThat(last.get("done_reason").asText()).isEqualTo("stop");
        assertThat(last.get("prompt_eval_count").intValue()).isEqualTo(3);
        assertThat(last.get("eval_count").intValue()).isEqualTo(12);
        assertThat(last.get("total_duration").longValue()).isPositive();
        assertThat(text(lines)).startsWith(Answer.MARK).contains("3 words");
        assertThat(WhiteSpaceTokens.count(text(lines))).isEqualTo(12);
    }

    @Test
    void chatInOnePieceSaysTheSameAsTheStream() throws Exception {
        String streamed = text(client.lines("/api/chat", chat("Hello", "")));

        HttpResponse<String> answer = client.post("/api/chat", chat("Hello", ",\"stream\":false"));

        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(client.json(answer).at("/message/content").asText()).isEqualTo(streamed);
        assertThat(client.json(answer).get("eval_count").intValue())
                .isEqualTo(WhiteSpaceTokens.count(streamed));
    }

    @Test
    void answersDependOnThePromptAndTheSeedAlone() throws Exception {
        String once = text(client.lines("/api/chat", chat("Hello", "")));
        String again = text(client.lines("/api/chat", chat("Hello", "")));
        String other = text(client.lines("/api/chat", chat("Good-bye", "")));
        String seeded = text(client.lines("/api/chat", chat("Hello", ",\"options\":{\"seed\":7}")));

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
        assertThat(seeded).isNotEqualTo(once);
    }

    @Test
    void theLimitAndTheStopSequenceEndAnAnswer() throws Exception {
        List<JsonNode> limited =
                client.lines("/api/chat", chat("Hello", ",\"options\":{\"num_predict\":4}"));
        List<JsonNode> stopped =
                client.lines("/api/chat", chat("Hello", ",\"options\":{\"stop\":[\" your\"]}"));

        assertThat(limited.getLast().get("done_reason").asText()).isEqualTo("length");
        assertThat(limited.getLast().get("eval_count").intValue()).isEqualTo(4);
        assertThat(WhiteSpaceTokens.count(text(limited))).isEqualTo(4);
        assertThat(stopped.getLast().get("done_reason").asText()).isEqualTo("stop");
        assertThat(text(stopped)).isEqualTo(Answer.MARK + " To");
    }

    @Test
    void jsonAndSchemaGiveAValidInstance() throws Exception {
        List<JsonNode> json = client.lines("/api/chat", chat("Hi", ",\"format\":\"json\""));
        List<JsonNode> schema =
                client.lines(
                        "/api/chat",
                        chat(
                                "Hi",
                                """
                                ,"format":{"type":"object","required":["age"],
                                 "properties":{"age":{"type":"integer","minimum":18}}}
                                """));

        assertThat(parsed(text(json)).get("simulated").booleanValue()).isTrue();
        assertThat(parsed(text(schema)).get("age").intValue()).isGreaterThanOrEqualTo(18);
    }

    @Test
    void callsTheFirstToolAndAnswersOnceItHasTheResult() throws Exception {
        String tools =
                """
                ,"tools":[{"type":"function","function":{"name":"weather","parameters":
                 {"type":"object","required":["city"],"properties":{"city":{"type":"string"}}}}}]
                """;
        List<JsonNode> called = client.lines("/api/chat", chat("Weather?", tools));
        List<JsonNode> answered =
                client.lines(
                        "/api/chat",
                        """
                        {"model":"simulated","messages":[
                          {"role":"user","content":"Weather?"},
                          {"role":"assistant","content":"","tool_calls":[]},
                          {"role":"tool","content":"sunny and warm","tool_name":"weather"}]
                        """
                                + tools
                                + "}");

        JsonNode call = called.getFirst().at("/message/tool_calls/0/function");
        assertThat(call.get("name").asText()).isEqualTo("weather");
        assertThat(call.at("/arguments/city").isTextual()).isTrue();
        assertThat(text(called)).isEmpty();
        assertThat(called.getLast().get("eval_count").intValue()).isEqualTo(2);
        assertThat(text(answered)).startsWith(Answer.MARK).contains("3 words");
    }

    @Test
    void takesImagesAndSaysHowMany() throws Exception {
        List<JsonNode> lines =
                client.lines(
                        "/api/chat",
                        """
                        {"model":"simulated","messages":[
                          {"role":"user","content":"Look","images":["aGk=","aGk="]}]}
                        """);

        assertThat(text(lines)).contains("2 images");
    }

    @Test
    void generateStreamsAndTakesASystemPrompt() throws Exception {
        List<JsonNode> lines =
                client.lines(
                        "/api/generate",
                        "{\"model\":\"simulated\",\"system\":\"Be brief\",\"prompt\":\"Hi you\"}");

        assertThat(lines.getLast().get("prompt_eval_count").intValue()).isEqualTo(4);
        assertThat(lines.getFirst().get("response").asText()).isEqualTo(Answer.MARK);
        assertThat(lines).hasSize(lines.getLast().get("eval_count").intValue() + 1);
    }

    @Test
    void embedsLikeTextsNearEachOther() throws Exception {
        JsonNode answer =
                client.json(
                        client.post(
                                "/api/embed",
                                """
                                {"model":"simulated","input":
                                 ["a red house","a red barn","quite another thing"]}
                                """));

        JsonNode vectors = answer.get("embeddings");
        assertThat(vectors).hasSize(3).allMatch(vector -> vector.size() == 384);
        assertThat(answer.get("prompt_eval_count").intValue()).isEqualTo(9);
        assertThat(cosine(vectors.get(0), vectors.get(0))).isBetween(0.999, 1.001);
        assertThat(cosine(vectors.get(0), vectors.get(1)))
                .isGreaterThan(cosine(vectors.get(0), vectors.get(2)) + 0.3);
    }

    @Test
    void declaresItsModels() throws Exception {
        JsonNode tags = client.json(client.get("/api/tags"));
        JsonNode show = client.json(client.post("/api/show", "{\"model\":\"simulated:latest\"}"));
        JsonNode running = client.json(client.get("/api/ps"));

        assertThat(tags.get("models").findValuesAsText("name"))
                .containsExactly("simulated", "simulated-premium");
        assertThat(show.at("/model_info/simulated.context_length").intValue()).isEqualTo(8192);
        assertThat(show.get("capabilities").toString()).contains("tools", "vision");
        assertThat(running.get("models")).hasSize(2);
        assertThat(client.json(client.get("/api/version")).get("version").asText())
                .contains("simulated");
    }

    @Test
    void refusesWhatOllamaRefuses() throws Exception {
        HttpResponse<String> unknown =
                client.post("/api/chat", "{\"model\":\"gpt-9\",\"messages\":[]}");
        HttpResponse<String> garbage = client.post("/api/chat", "{\"model\":");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(client.json(unknown).get("error").asText()).isEqualTo("model 'gpt-9' not found");
        assertThat(garbage.statusCode()).isEqualTo(400);
        assertThat(client.get("/api/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void aCallWithoutAPromptOnlyLoadsTheModel() throws Exception {
        JsonNode answer =
                client.json(client.post("/api/chat", "{\"model\":\"simulated\",\"messages\":[]}"));

        assertThat(answer.get("done_reason").asText()).isEqualTo("load");
        assertThat(client.totals().get("calls").intValue()).isZero();
    }

    private static String chat(String text, String more) {
        return "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}]"
                + more
                + "}";
    }

    private static String text(List<JsonNode> lines) {
        return lines.stream()
                .map(line -> line.at("/message/content").asText())
                .collect(Collectors.joining());
    }

    private static JsonNode parsed(String json) {
        return Json.parse(Buffer.buffer(json));
    }

    private static double cosine(JsonNode one, JsonNode other) {
        double product = 0;
        for (int i = 0; i < one.size(); i++) {
            product += one.get(i).doubleValue() * other.get(i).doubleValue();
        }
        return product;
    }
}
