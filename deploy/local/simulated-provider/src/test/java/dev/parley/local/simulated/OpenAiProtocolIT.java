package dev.parley.local.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenAiProtocolIT {
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

    @Test
    void completesInOnePiece() throws Exception {
        JsonNode answer = complete(",\"max_tokens\":5");

        assertThat(answer.get("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.at("/choices/0/message/content").asText()).startsWith(Answer.MARK);
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(5);
        assertThat(answer.at("/usage/total_tokens").intValue()).isEqualTo(7);
    }

    @Test
    void streamsChunksWithUsageOnlyWhenAsked() throws Exception {
        List<String> plain = stream("");
        List<String> counted = stream(",\"stream_options\":{\"include_usage\":true}");

        assertThat(plain.getLast()).isEqualTo("[DONE]");
        assertThat(plain).noneMatch(data -> data.contains("\"usage\""));
        assertThat(chunk(plain.getFirst()).at("/choices/0/delta/role").asText())
                .isEqualTo("assistant");
        assertThat(chunk(plain.get(plain.size() - 2)).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        JsonNode usage = chunk(counted.get(counted.size() - 2));
        assertThat(usage.get("choices")).isEmpty();
        assertThat(usage.at("/usage/completion_tokens").intValue())
                .isEqualTo(WhiteSpaceTokens.count(text(counted)));
    }

    @Test
    void callsAToolUnlessItMayNot() throws Exception {
        String tools =
                """
                ,"tools":[{"type":"function","function":{"name":"add","parameters":{
                 "type":"object","properties":{"a":{"type":"integer"}}}}}]
                """;

        JsonNode called = complete(tools);
        JsonNode answered = complete(tools + ",\"tool_choice\":\"none\"");

        assertThat(called.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        String arguments = called.at("/choices/0/message/tool_calls/0/function/arguments").asText();
        assertThat(Json.parse(Buffer.buffer(arguments)).get("a").isInt()).isTrue();
        assertThat(answered.at("/choices/0/message/content").asText()).startsWith(Answer.MARK);
    }

    @Test
    void givesAnInstanceOfTheSchema() throws Exception {
        JsonNode answer =
                complete(
                        """
                        ,"response_format":{"type":"json_schema","json_schema":{"name":"x",
                         "schema":{"type":"object","properties":{"ok":{"type":"boolean"}}}}}
                        """);

        String content = answer.at("/choices/0/message/content").asText();
        assertThat(Json.parse(Buffer.buffer(content)).get("ok").isBoolean()).isTrue();
    }

    @Test
    void embedsAsNumbersAndAsBase64() throws Exception {
        JsonNode numbers =
                client.json(
                        client.post(
                                "/v1/embeddings",
                                "{\"model\":\"simulated\",\"input\":\"a b\",\"dimensions\":8}"));
        JsonNode base64 =
                client.json(
                        client.post(
                                "/v1/embeddings",
                                """
                                {"model":"simulated","input":["a b"],"dimensions":8,
                                 "encoding_format":"base64"}
                                """));

        assertThat(numbers.at("/data/0/embedding")).hasSize(8);
        assertThat(numbers.at("/usage/prompt_tokens").intValue()).isEqualTo(2);
        byte[] bytes = Base64.getDecoder().decode(base64.at("/data/0/embedding").asText());
        float first = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat();
        assertThat(bytes).hasSize(32);
        assertThat(first).isEqualTo(numbers.at("/data/0/embedding/0").floatValue());
    }

    @Test
    void listsItsModelsAndRefusesOthers() throws Exception {
        HttpResponse<String> unknown = client.get("/v1/models/gpt-9");

        assertThat(client.json(client.get("/v1/models")).get("data").findValuesAsText("id"))
                .containsExactly("simulated", "simulated-premium");
        assertThat(client.json(client.get("/v1/models/simulated")).get("id").asText())
                .isEqualTo("simulated");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(client.json(unknown).at("/error/message").asText()).contains("gpt-9");
    }

    private static JsonNode complete(String more) throws Exception {
        return client.json(client.post("/v1/chat/completions", body(more)));
    }

    private static List<String> stream(String more) throws Exception {
        HttpResponse<String> answer =
                client.post("/v1/chat/completions", body(",\"stream\":true" + more));
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static String body(String more) {
        return "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"Hello there\"}]}]"
                + more
                + "}";
    }

    private static JsonNode chunk(String data) {
        return Json.parse(Buffer.buffer(data));
    }

    private static String text(List<String> stream) {
        return stream.stream()
                .filter(data -> !data.equals("[DONE]"))
                .map(data -> chunk(data).at("/choices/0/delta/content").asText())
                .collect(Collectors.joining());
    }
}
