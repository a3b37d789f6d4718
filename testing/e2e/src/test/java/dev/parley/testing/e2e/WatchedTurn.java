package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A streamed turn of conversation-service, read line by line while something happens to it. */
final class WatchedTurn {
    private final String input;
    private final FollowedStream stream;

    private WatchedTurn(
            Caller caller, String method, String path, @Nullable String body, String input) {
        this.input = input;
        this.stream = FollowedStream.of(caller, method, path, body);
    }

    static WatchedTurn begin(Caller caller, String input) {
        String body = Prompts.turn(input, "\"stream\":true");
        return new WatchedTurn(caller, "POST", "/v1/responses", body, input);
    }

    /** The same turn from its beginning, from whichever replica answers. */
    WatchedTurn again(Caller caller) {
        return new WatchedTurn(
                caller, "GET", "/v1/responses/" + id() + "?stream=true", null, input);
    }

    String input() {
        return input;
    }

    /** Its id, which it has as soon as it is accepted. */
    String id() {
        stream.awaitEvents();
        return stream.events().getFirst().at("/response/id").asText();
    }

    /** What a person has read of it so far. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (JsonNode event : stream.events()) {
            if (event.at("/type").asText().equals("response.output_text.delta")) {
                text.append(event.at("/delta").asText());
            }
        }
        return text.toString();
    }

    void awaitText() {
        stream.awaitFirst(() -> assertThat(text()).isNotEmpty());
    }

    void awaitEnd(Duration within) {
        stream.awaitEnd(within);
    }

    /** Nothing more comes, whatever came. */
    boolean over() {
        return stream.over();
    }

    /** It was read to the end of a completed answer. */
    boolean whole() {
        return endsWith("response.completed");
    }

    /** It was read to an end that says that it failed. */
    boolean failed() {
        return endsWith("response.failed");
    }

    private boolean endsWith(String type) {
        List<JsonNode> events = stream.events();
        return stream.done() && events.getLast().at("/type").asText().equals(type);
    }

    @Override
    public String toString() {
        return stream.toString();
    }
}
