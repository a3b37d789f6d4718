package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anyone else is asked. */
@QuarkusTest
class BadInputIT extends GatewayIT {
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    @AfterEach
    void nobodyWasAsked() {
        assertThat(UsageBillingPeer.RESERVED).isEmpty();
        assertThat(ModerationPeer.INPUTS).isEmpty();
        assertThat(totals().get("calls").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "temperature":3                     | invalid_request       | temperature
                    "temperature":"hot"                 | invalid_request       | temperature
                    "top_p":1.5                         | invalid_request       | top_p
                    "max_tokens":0                      | invalid_request       | max_tokens
                    "max_completion_tokens":-1          | invalid_request       | max_completion_tokens
                    "max_tokens":1.5                    | invalid_request       | max_tokens
                    "stop":["a","b","c","d","e"]        | invalid_request       | stop
                    "stop":7                            | invalid_request       | stop
                    "stream":"yes"                      | invalid_request       | stream
                    "stream_options":{}                 | invalid_request       | stream_options
                    "response_format":{"type":"xml"}    | invalid_request       | response_format.type
                    "response_format":{"type":"json_schema"} | invalid_request | response_format.json_schema.name
                    "n":2                               | unsupported_parameter | n
                    "n":0                               | invalid_request       | n
                    "tools":[{"type":"function"}]       | unsupported_parameter | tools
                    "tool_choice":"auto"                | unsupported_parameter | tool_choice
                    "functions":[]                      | unsupported_parameter | functions
                    "logprobs":true                     | unsupported_parameter | logprobs
                    "store":true                        | unsupported_parameter | store
                    "frequency_penalty":0.5             | unsupported_parameter | frequency_penalty
                    "logit_bias":{"50256":-100}         | unsupported_parameter | logit_bias
                    "modalities":["audio"]              | unsupported_parameter | modalities
                    "service_tier":"flex"               | unsupported_parameter | service_tier
                    "colour":"blue"                     | unknown_parameter     | colour
                    "model":"simulated"                 | invalid_request       | model
                    """)
    void refusesParameters(String parameter, String code, String param) {
        boolean duplicate = parameter.startsWith("\"model\"");
        String body = "{\"model\":\"simulated\"," + HELLO + "," + parameter + "}";
        if (duplicate) {
            assertRefused(chat(body), 400, code);
        } else {
            assertRefused(chat(body), 400, code, param);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                                             | empty_message      | messages
                    [{"role":"user","content":""}]                 | empty_message      | messages[0].content
                    [{"role":"user","content":"  \\n "}]           | empty_message      | messages[0].content
                    [{"role":"user"}]                              | invalid_request    | messages[0].content
                    [{"role":"user","content":5}]                  | invalid_request    | messages[0].content
                    [{"role":"user","content":[]}]                 | empty_message      | messages[0].content
                    [{"role":"wizard","content":"a"}]              | invalid_request    | messages[0].role
                    [{"content":"a"}]                              | invalid_request    | messages[0].role
                    [{"role":"tool","content":"a"}]                | unsupported_parameter | messages[0].role
                    [{"role":"user","content":"a","mood":"x"}]     | unknown_parameter  | messages[0].mood
                    [{"role":"user","content":[{"type":"text","text":"a","mood":"x"}]}] | unknown_parameter | messages[0].content[0].mood
                    [{"role":"user","content":[{"type":"text","text":"a","refusal":"b"}]}] | unknown_parameter | messages[0].content[0].refusal
                    [{"role":"assistant","content":[{"type":"refusal","refusal":"a","text":"b"}]}] | unknown_parameter | messages[0].content[0].text
                    [{"role":"assistant","content":"a","refusal":"no"}] | unsupported_parameter | messages[0].refusal
                    [{"role":"assistant","content":"a","annotations":[{"type":"url_citation"}]}] | unsupported_parameter | messages[0].annotations
                    [{"role":"assistant","content":"a","tool_calls":"x"}] | unsupported_parameter | messages[0].tool_calls
                    [{"role":"assistant","content":"a","audio":{"id":"x"}}] | unsupported_parameter | messages[0].audio
                    [{"role":"assistant","content":"a","function_call":{"name":"x"}}] | unsupported_parameter | messages[0].function_call
                    [{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,"}}]}] | unsupported_prompt | messages[0].content[0]
                    [{"role":"user","content":[{"type":"smell"}]}] | invalid_request    | messages[0].content[0].type
                    [{"role":"user","content":[{"type":"text"}]}]  | invalid_request    | messages[0].content[0].text
                    [null]                                         | invalid_request    | messages[0]
                    "hello"                                        | invalid_request    | messages
                    """)
    void refusesMessages(String messages, String code, String param) {
        assertRefused(
                chat("{\"model\":\"simulated\",\"messages\":" + messages + "}"), 400, code, param);
    }

    @Test
    void refusesWhatIsNoRequest() {
        for (String body :
                List.of(
                        "",
                        "{",
                        "[]",
                        "nonsense",
                        "{\"model\":\"simulated\"}",
                        "{" + HELLO + "}",
                        "{\"model\":\"simulated\"," + HELLO + "} trailing")) {
            assertRefused(chat(body), 400, "invalid_request");
        }
    }

    @Test
    void refusesTextThatCannotBeStored() {
        for (String text : List.of("a\\u0000b", "\\ud800")) {
            assertRefused(
                    chat(
                            "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\""
                                    + text
                                    + "\"}]}"),
                    400,
                    "invalid_request");
        }
    }

    @Test
    void refusesAnUnknownModel() {
        assertRefused(
                chat("{\"model\":\"gpt-99\"," + HELLO + "}"), 404, "model_not_found", "model");
    }

    @Test
    void refusesAMessageThatIsTooLong() {
        String text = "x".repeat(256 * 1024 + 1);
        assertRefused(
                chat(
                        "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\""
                                + text
                                + "\"}]}"),
                400,
                "message_too_long",
                "messages[0].content");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        String text = "x".repeat(5 * 1024 * 1024);
        assertRefused(chat("{\"model\":\"" + text + "\"}"), 413, "body_too_large");
    }

    @Test
    void refusesABodyThatIsTooLargeAndDoesNotSaySo() {
        byte[] body =
                ("{\"model\":\"" + "x".repeat(4 * 1024 * 1024) + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        assertRefused(
                send(
                        to("/v1/chat/completions")
                                .header(
                                        "authorization",
                                        "Bearer " + IdentityPeer.clientToken(ALICE))
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body)))
                                .build()),
                413,
                "body_too_large");
    }

    @Test
    void refusesWhatFillsTheWindow() {
        String text = "w ".repeat(8192);
        assertRefused(
                chat(
                        "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\""
                                + text
                                + "\"}]}"),
                400,
                "context_length_exceeded",
                "messages");
    }

    @Test
    void refusesInstructionsWithoutTheScope() {
        String token = IdentityPeer.clientToken(ALICE.withScopes("chat"));
        for (String role : List.of("system", "developer", "assistant")) {
            assertRefused(
                    chatAs(
                            token,
                            "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                                    + "{\"role\":\""
                                    + role
                                    + "\",\"content\":\"b\"}]}"),
                    403,
                    "instructions_not_allowed",
                    "messages[1].role");
        }
    }

    @Test
    void refusesCallersWithoutAGoodToken() {
        String body = "{\"model\":\"simulated\"," + HELLO + "}";
        assertRefused(chatAs("nonsense", body), 401, "invalid_token");
        assertRefused(
                chatAs(IdentityPeer.clientToken(ALICE.expired()), body), 401, "expired_token");
        assertRefused(
                chatAs(IdentityPeer.clientToken(ALICE.withScopes("usage:read")), body),
                403,
                "insufficient_scope");
        assertRefused(
                chatAs(IdentityPeer.exchangedToken(ALICE, "conversation-service"), body),
                401,
                "invalid_token");
    }
}
