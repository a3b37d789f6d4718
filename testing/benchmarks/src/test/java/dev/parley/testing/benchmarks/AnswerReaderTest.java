package dev.parley.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final String CHAT =
            """
            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{"content":"one"},"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{"content":" zwölf drei"},"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}

            data: [DONE]

            """;

    private static final String RESPONSES =
            """
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":{"status":"in_progress","error":null,"usage":null}}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":1,"delta":"one two"}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":2,"delta":" three"}

            event: response.completed
            data: {"type":"response.completed","sequence_number":3,"response":{"status":"completed","error":null,"usage":{"total_tokens":5}}}

            data: [DONE]

            """;

    @Test
    void takesAWholeStreamHoweverItsBytesAreCut() {
        for (Door door : Door.values()) {
            byte[] bytes = stream(door).getBytes(StandardCharsets.UTF_8);
            for (int piece = 1; piece <= bytes.length; piece++) {
                AnswerReader reader = AnswerReader.of(door, true, 3);
                for (int at = 0; at < bytes.length; at += piece) {
                    reader.read(Buffer.buffer(bytes).slice(at, Math.min(bytes.length, at + piece)));
                }
                assertThat(reader.fault()).as("%s in pieces of %d", door, piece).isEmpty();
                assertThat(reader.chunks()).isEqualTo(2);
            }
        }
    }

    @Test
    void refusesAStreamWithoutItsEnd() {
        for (Door door : Door.values()) {
            assertThat(faultOf(door, stream(door).replace("data: [DONE]\n\n", "")))
                    .contains("a stream without [DONE]");
            assertThat(faultOf(door, stream(door).strip())).contains("a stream without [DONE]");
        }
        assertThat(faultOf(Door.CHAT_COMPLETIONS, CHAT.replace("\"stop\"", "null")))
                .contains("a stream without its finish");
        assertThat(faultOf(Door.RESPONSES, RESPONSES.replace("completed", "incomplete")))
                .contains("an error in the stream");
    }

    @Test
    void refusesAStreamThatLacksTextOrUsage() {
        for (Door door : Door.values()) {
            assertThat(faultOf(door, stream(door).replace("one", "")))
                    .hasValueSatisfying(
                            fault -> assertThat(fault).endsWith("tokens of text, not 3"));
            assertThat(faultOf(door, stream(door).replace("total_tokens", "all")))
                    .contains("no usage");
        }
    }

    @Test
    void refusesAnErrorInsideAStream() {
        String error = "data: {\"error\":{\"message\":\"upstream\"}}\n\ndata: [DONE]";
        for (Door door : Door.values()) {
            assertThat(faultOf(door, stream(door).replace("data: [DONE]", error)))
                    .contains("an error in the stream");
        }
    }

    @Test
    void takesWholePlainAnswers() {
        assertThat(
                        plain(
                                Door.CHAT_COMPLETIONS,
                                """
                                {"choices":[{"message":{"role":"assistant","content":"one two three"}}],
                                 "usage":{"total_tokens":5}}
                                """))
                .isEmpty();
        assertThat(
                        plain(
                                Door.RESPONSES,
                                """
                                {"status":"completed","error":null,
                                 "output":[{"type":"message","content":[{"type":"output_text","text":"one two three"}]}],
                                 "usage":{"total_tokens":5}}
                                """))
                .isEmpty();
    }

    @Test
    void refusesPlainAnswersThatAreNotWhole() {
        assertThat(plain(Door.CHAT_COMPLETIONS, "<html>")).contains("not JSON");
        assertThat(
                        plain(
                                Door.CHAT_COMPLETIONS,
                                "{\"choices\":[{\"message\":{\"content\":\"one two three\"}}]}"))
                .contains("no usage");
        assertThat(plain(Door.CHAT_COMPLETIONS, "{\"usage\":{\"total_tokens\":5}}"))
                .contains("0 tokens of text, not 3");
        assertThat(
                        plain(
                                Door.RESPONSES,
                                "{\"status\":\"failed\",\"output\":[],\"usage\":{\"total_tokens\":5}}"))
                .contains("a failed answer");
    }

    @Test
    void countsTokensAsTheSimulatedProviderDoes() {
        assertThat(AnswerReader.tokens("")).isZero();
        assertThat(AnswerReader.tokens("  one\ttwo \n three ")).isEqualTo(3);
    }

    private static String stream(Door door) {
        return switch (door) {
            case CHAT_COMPLETIONS -> CHAT;
            case RESPONSES -> RESPONSES;
        };
    }

    private static Optional<String> faultOf(Door door, String events) {
        AnswerReader reader = AnswerReader.of(door, true, 3);
        reader.read(Buffer.buffer(events));
        return reader.fault();
    }

    private static Optional<String> plain(Door door, String json) {
        AnswerReader reader = AnswerReader.of(door, false, 3);
        reader.read(Buffer.buffer(json));
        return reader.fault();
    }
}
