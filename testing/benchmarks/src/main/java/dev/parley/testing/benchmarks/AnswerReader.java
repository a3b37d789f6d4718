package dev.parley.testing.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;

/** Reads one answer and says whether it was whole; anything else counts as an error. */
sealed interface AnswerReader {
    ObjectMapper JSON = new ObjectMapper();

    void read(Buffer chunk);

    /** What was wrong with the answer, once its body has ended. */
    Optional<String> fault();

    /** How many pieces of text a stream came in; 0 for a plain answer. */
    int chunks();

    static AnswerReader of(Door door, boolean stream, int expectedTokens) {
        return stream ? new Streamed(door, expectedTokens) : new Plain(door, expectedTokens);
    }

    /** The simulated provider's tokens: its tokenizer is white space. */
    static int tokens(CharSequence text) {
        int tokens = 0;
        boolean space = true;
        for (int i = 0; i < text.length(); i++) {
            boolean now = Character.isWhitespace(text.charAt(i));
            if (space && !now) {
                tokens++;
            }
            space = now;
        }
        return tokens;
    }

    private static Optional<String> wrongLength(CharSequence text, int expected) {
        int tokens = tokens(text);
        return tokens == expected
                ? Optional.empty()
                : Optional.of(tokens + " tokens of text, not " + expected);
    }

    /** One JSON document with text and usage. */
    final class Plain implements AnswerReader {
        private final Door door;
        private final int expectedTokens;
        private final Buffer body = Buffer.buffer();

        Plain(Door door, int expectedTokens) {
            this.door = door;
            this.expectedTokens = expectedTokens;
        }

        @Override
        public void read(Buffer chunk) {
            body.appendBuffer(chunk);
        }

        @Override
        public Optional<String> fault() {
            JsonNode json;
            try {
                json = JSON.readTree(body.getBytes());
            } catch (IOException e) {
                return Optional.of("not JSON");
            }
            if (door.failed(json)) {
                return Optional.of("a failed answer");
            }
            if (!door.tellsUsage(json)) {
                return Optional.of("no usage");
            }
            return wrongLength(door.text(json), expectedTokens);
        }

        @Override
        public int chunks() {
            return 0;
        }
    }

    /** Events with text, then the finish, the usage and {@code [DONE]}. */
    final class Streamed implements AnswerReader {
        private final Door door;
        private final int expectedTokens;
        private final ServerSentEvents events = new ServerSentEvents(this::event);
        private final StringBuilder text = new StringBuilder();
        private int chunks;
        private boolean usage;
        private boolean finished;
        private boolean done;
        private Optional<String> fault = Optional.empty();

        Streamed(Door door, int expectedTokens) {
            this.door = door;
            this.expectedTokens = expectedTokens;
        }

        @Override
        public void read(Buffer chunk) {
            events.read(chunk);
        }

        private void event(byte[] data) {
            if (done) {
                fault = Optional.of("an event after [DONE]");
                return;
            }
            if (data.length == 6 && data[0] == '[') {
                done = true;
                return;
            }
            try {
                JsonNode json = JSON.readTree(data);
                if (door.failed(json)) {
                    fault = Optional.of("an error in the stream");
                }
                String delta = door.delta(json);
                if (!delta.isEmpty()) {
                    chunks++;
                    text.append(delta);
                }
                finished |= door.finishes(json);
                usage |= door.tellsUsage(json);
            } catch (IOException e) {
                fault = Optional.of("an event that is not JSON");
            }
        }

        @Override
        public Optional<String> fault() {
            if (fault.isPresent()) {
                return fault;
            }
            if (!done || events.cut()) {
                return Optional.of("a stream without [DONE]");
            }
            if (!finished) {
                return Optional.of("a stream without its finish");
            }
            if (!usage) {
                return Optional.of("no usage");
            }
            return wrongLength(text, expectedTokens);
        }

        @Override
        public int chunks() {
            return chunks;
        }
    }
}
