package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** A streamed chat completion, read line by line while something happens to it. */
final class WatchedChat {
    private final FollowedStream stream;

    private WatchedChat(FollowedStream stream) {
        this.stream = stream;
    }

    static WatchedChat begin(Caller caller, String input) {
        String body = Prompts.chat(input, "\"stream\":true");
        return new WatchedChat(FollowedStream.of(caller, "POST", "/v1/chat/completions", body));
    }

    /** What a person has read of it so far. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (JsonNode event : stream.events()) {
            text.append(event.at("/choices/0/delta/content").asText(""));
        }
        return text.toString();
    }

    void awaitText() {
        stream.awaitFirst(() -> assertThat(text()).isNotEmpty());
    }

    void awaitEnd(Duration within) {
        stream.awaitEnd(within);
    }

    /** It was read to its own end, and not broken off. */
    boolean whole() {
        return stream.done();
    }

    @Override
    public String toString() {
        return stream.toString();
    }
}
