package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** The server-sent events of an answer. */
record Events(List<JsonNode> all) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Events of(String stream) {
        List<JsonNode> events = new ArrayList<>();
        for (String frame : stream.split("\n\n", -1)) {
            if (frame.isBlank() || frame.equals("data: [DONE]")) {
                continue;
            }
            int newline = frame.indexOf('\n');
            JsonNode event = parse(frame.substring(newline + 1).replaceFirst("^data: ", ""));
            assertThat(frame.substring(0, newline))
                    .isEqualTo("event: " + event.path("type").asText());
            assertThat(event.has("error")).isFalse();
            events.add(event);
        }
        return new Events(events);
    }

    List<String> types() {
        return all.stream().map(event -> event.path("type").asText()).toList();
    }

    void areNumberedFrom(int first) {
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).path("sequence_number").asInt()).isEqualTo(first + i);
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        all.stream()
                .filter(e -> e.path("type").asText().equals("response.output_text.delta"))
                .forEach(e -> text.append(e.path("delta").asText()));
        return text.toString();
    }

    JsonNode last() {
        return all.getLast();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
