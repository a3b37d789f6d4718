package dev.parley.testing.benchmarks;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;

/** OpenAI's two ways to ask a model, and what a whole answer of each looks like. */
enum Door {
    CHAT_COMPLETIONS("/chat/completions") {
        @Override
        String body(String message, boolean stream) {
            return "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\""
                    + quoted(message)
                    + "\"}]"
                    + (stream
                            ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}"
                            : "}");
        }

        @Override
        String text(JsonNode answer) {
            return answer.path("choices").path(0).path("message").path("content").asText("");
        }

        @Override
        String delta(JsonNode event) {
            return event.path("choices").path(0).path("delta").path("content").asText("");
        }

        @Override
        boolean finishes(JsonNode event) {
            return event.path("choices").path(0).path("finish_reason").isTextual();
        }

        @Override
        boolean tellsUsage(JsonNode json) {
            return json.path("usage").path("total_tokens").asInt() > 0;
        }

        @Override
        boolean failed(JsonNode json) {
            return json.path("error").isObject();
        }
    },
    RESPONSES("/responses") {
        @Override
        String body(String message, boolean stream) {
            return "{\"model\":\"simulated\",\"input\":\""
                    + quoted(message)
                    + (stream ? "\",\"stream\":true}" : "\"}");
        }

        @Override
        String text(JsonNode answer) {
            StringBuilder text = new StringBuilder();
            for (JsonNode item : answer.path("output")) {
                for (JsonNode part : item.path("content")) {
                    text.append(part.path("text").asText(""));
                }
            }
            return text.toString();
        }

        @Override
        String delta(JsonNode event) {
            return event.path("type").asText().equals("response.output_text.delta")
                    ? event.path("delta").asText("")
                    : "";
        }

        @Override
        boolean finishes(JsonNode event) {
            return event.path("type").asText().equals("response.completed");
        }

        @Override
        boolean tellsUsage(JsonNode json) {
            return json.path("usage").path("total_tokens").asInt() > 0
                    || json.path("response").path("usage").path("total_tokens").asInt() > 0;
        }

        @Override
        boolean failed(JsonNode json) {
            String type = json.path("type").asText();
            return type.equals("error")
                    || type.equals("response.failed")
                    || type.equals("response.incomplete")
                    || json.path("error").isObject()
                    || json.path("status").asText("completed").equals("failed");
        }
    };

    private final String path;

    Door(String path) {
        this.path = path;
    }

    /** Below a base URL that ends in {@code /v1}. */
    String path() {
        return path;
    }

    abstract String body(String message, boolean stream);

    /** The text of a plain answer, empty if it has none. */
    abstract String text(JsonNode answer);

    /** The text that an event of a stream brings, empty if it brings none. */
    abstract String delta(JsonNode event);

    /** Whether {@code event} says that the model came to its end. */
    abstract boolean finishes(JsonNode event);

    abstract boolean tellsUsage(JsonNode json);

    abstract boolean failed(JsonNode json);

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
