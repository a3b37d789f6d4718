package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChatCompletionIT extends GatewayIT {
    private static final String QUESTION =
            """
            {"model":"simulated","messages":[{"role":"user","content":"two words"}]%s}
            """;

    @Test
    void answersWhole() {
        behave("{\"tokens\":7}");

        HttpResponse<String> answer = chat(QUESTION.formatted(""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = json(answer);
        assertThat(body.get("object").asText()).isEqualTo("chat.completion");
        assertThat(body.get("id").asText()).matches("chatcmpl-[0-9a-f]{32}");
        assertThat(body.get("model").asText()).isEqualTo("simulated");
        JsonNode choice = body.at("/choices/0");
        assertThat(choice.get("finish_reason").asText()).isEqualTo("stop");
        assertThat(choice.at("/message/role").asText()).isEqualTo("assistant");
        assertThat(choice.at("/message/content").asText().split(" ", -1)).hasSize(7);
        assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(7);
        assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(9);
        assertThat(answer.headers().firstValue("x-parley-provider")).hasValue("simulated");
        assertThat(answer.headers().firstValue("x-parley-attempts")).hasValue("1");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("588");
        assertThat(answer.headers().firstValue("x-parley-warning")).hasValue("tokens_per_day");
    }

    @Test
    void recordsTheUsageBeforeItAnswers() {
        behave("{\"tokens\":7}");

        String id = json(chat(QUESTION.formatted(""))).get("id").asText();

        List<JsonNode> records = usageRecords();
        assertThat(records).hasSize(1);
        JsonNode usage = records.getFirst();
        assertThat(usage.get("call").asText()).isEqualTo(id);
        assertThat(usage.get("organization").asText()).isEqualTo("org_a");
        assertThat(usage.get("subject").asText()).isEqualTo("user_alice");
        assertThat(usage.get("purpose").asText()).isEqualTo("chat");
        assertThat(usage.get("input_tokens").asInt()).isEqualTo(2);
        assertThat(usage.get("output_tokens").asInt()).isEqualTo(7);
        assertThat(usage.get("estimated").asBoolean()).isFalse();
        assertThat(usage.get("finish").asText()).isEqualTo("stop");
        assertThat(usage.get("reservation").asText()).startsWith("rsv_");
        assertThat(usage.get("trace").asText()).matches("[0-9a-f]{32}");
        assertThat(providerCalls().getFirst().get("id").asText()).isEqualTo(id);
        assertThat(UsageBillingPeer.RELEASED).isEmpty();
    }

    @Test
    void streamsInOpenAisShape() {
        behave("{\"tokens\":5}");

        HttpResponse<String> stream = chat(QUESTION.formatted(",\"stream\":true"));

        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        List<String> events = events(stream);
        assertThat(events.getLast()).isEqualTo("[DONE]");
        List<JsonNode> chunks =
                events.subList(0, events.size() - 1).stream().map(GatewayIT::json).toList();
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.has("usage")).isFalse());
        assertThat(chunks)
                .allSatisfy(
                        chunk ->
                                assertThat(chunk.get("object").asText())
                                        .isEqualTo("chat.completion.chunk"));
        assertThat(text(chunks).split(" ", -1)).hasSize(5);
        assertThat(usageRecords()).hasSize(1);
    }

    @Test
    void showsUsageInTheStreamWhenAsked() {
        behave("{\"tokens\":5}");

        List<String> events =
                events(
                        chat(
                                QUESTION.formatted(
                                        ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")));

        JsonNode usage = json(events.get(events.size() - 2));
        assertThat(usage.get("choices")).isEmpty();
        assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
        assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(5);
        assertThat(json(events.getFirst()).get("usage").isNull()).isTrue();
    }

    @Test
    void asksForNoMoreThanWasGranted() {
        UsageBillingPeer.mostGranted = 3;

        JsonNode body = json(chat(QUESTION.formatted(",\"max_tokens\":9")));

        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(3);
        JsonNode reserved = UsageBillingPeer.RESERVED.getFirst();
        assertThat(reserved.get("output_tokens").asInt()).isEqualTo(9);
        assertThat(reserved.get("input_tokens").asInt()).isEqualTo(2);
        assertThat(reserved.get("tier").asText()).isEqualTo("standard");
        assertThat(reserved.get("call").asText()).isEqualTo(body.get("id").asText());
        assertThat(usageRecords().getFirst().get("finish").asText()).isEqualTo("length");
    }

    @Test
    void reservesOnTheCallersBehalf() {
        String key = IdentityPeer.apiKey(ALICE);

        HttpResponse<String> answer = chatAs(key, QUESTION.formatted(""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(usageRecords().getFirst().get("api_key").asText())
                .isEqualTo(IdentityPeer.apiKeyId(key));
        String payload = UsageBillingPeer.RESERVED_BY.getFirst().split("\\.", -1)[1];
        JsonNode claims =
                json(
                        new String(
                                java.util.Base64.getUrlDecoder().decode(payload),
                                java.nio.charset.StandardCharsets.UTF_8));
        assertThat(claims.get("aud").asText()).isEqualTo("parley-internal");
        assertThat(claims.get("sub").asText()).isEqualTo("user_alice");
        assertThat(claims.at("/act/sub").asText()).isEqualTo("llm-gateway-service");
    }

    @Test
    void takesWhatOfficialClientsSend() {
        HttpResponse<String> answer =
                chat(
                        """
                        {"model":"simulated","temperature":0.5,"top_p":0.9,"seed":12345678901,
                         "stop":["never"],"n":1,"user":"someone","metadata":{"a":"b"},
                         "store":false,"max_completion_tokens":20,"frequency_penalty":0,
                         "service_tier":"auto","response_format":{"type":"text"},
                         "messages":[
                          {"role":"developer","content":"Be brief."},
                          {"role":"user","name":"ann","content":[{"type":"text","text":"one"},
                                                    {"type":"text","text":"two"}]},
                          {"role":"assistant","content":"yes"},
                          {"role":"user","content":"and now"}]}
                        """);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/usage/prompt_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void takesItsOwnAnswerBackAsAnOfficialClientSendsIt() {
        String answered = json(chat(QUESTION.formatted(""))).at("/choices/0/message").toString();
        assertThat(answered).contains("\"refusal\":null", "\"annotations\":[]");

        HttpResponse<String> answer =
                chat(
                        """
                        {"model":"simulated","messages":[{"role":"user","content":"a"},%s,
                         {"role":"assistant","content":"b","refusal":null,"annotations":null,
                          "audio":null,"function_call":null,"tool_calls":[],"tool_call_id":null},
                         {"role":"user","content":[{"type":"text","text":"c"}]}]}
                        """
                                .formatted(answered));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void answersInJsonWhenAsked() {
        HttpResponse<String> answer =
                chat(
                        QUESTION.formatted(
                                """
                                ,"response_format":{"type":"json_schema","json_schema":{
                                  "name":"city","strict":true,"schema":{"type":"object",
                                  "properties":{"city":{"type":"string"}},"required":["city"]}}}
                                """));

        JsonNode content = json(json(answer).at("/choices/0/message/content").asText());
        assertThat(content.get("city").isTextual()).isTrue();
    }

    @Test
    void filtersWholeAnswersAndStreams() {
        ModerationPeer.forbiddenOutput = "words:";

        JsonNode whole = json(chat(QUESTION.formatted("")));
        List<String> events = events(chat(QUESTION.formatted(",\"stream\":true")));

        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("content_filter");
        assertThat(whole.at("/choices/0/message/content").asText()).isEmpty();
        assertThat(events.getLast()).isEqualTo("[DONE]");
        assertThat(String.join("", events)).doesNotContain("words:");
        assertThat(json(events.get(events.size() - 2)).at("/choices/0/finish_reason").asText())
                .isEqualTo("content_filter");
        assertThat(usageRecords())
                .hasSize(2)
                .allSatisfy(
                        usage -> {
                            assertThat(usage.get("finish").asText()).isEqualTo("content_filter");
                            assertThat(usage.get("output_tokens").asInt()).isPositive();
                        });
    }

    @Test
    void redactsAcrossChunks() {
        behave("{\"between_tokens\":\"20ms\",\"tokens\":6}");
        ModerationPeer.redactedOutput = "To your";

        List<String> events = events(chat(QUESTION.formatted(",\"stream\":true")));

        List<JsonNode> chunks =
                events.subList(0, events.size() - 1).stream().map(GatewayIT::json).toList();
        assertThat(text(chunks)).contains("[redacted] 2 words:").doesNotContain("To your");
        assertThat(ModerationPeer.OUTPUTS).hasSizeBetween(2, 7);
        assertThat(ModerationPeer.OUTPUTS.getLast().get("organization").asText())
                .isEqualTo("org_a");
    }

    private static String text(List<JsonNode> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asText()));
        return text.toString();
    }
}
