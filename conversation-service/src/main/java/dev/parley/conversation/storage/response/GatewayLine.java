package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.FinishReason;
import dev.parley.conversation.business.response.Generations.Ending;
import dev.parley.conversation.business.response.TokenUsage;
import java.io.IOException;

/** One line of the gateway's answer. */
sealed interface GatewayLine {
    /** The call is granted; text follows. */
    record Admitted(String model, long grantedOutputTokens) implements GatewayLine {}

    record Delta(String text) implements GatewayLine {}

    /** Nothing follows. */
    record Ended(Ending ending) implements GatewayLine {}

    /** Empty, or of a type that this version does not know. */
    record Ignored() implements GatewayLine {}

    /**
     * Reads a line without its end.
     *
     * @throws IOException if it is no JSON
     */
    static GatewayLine read(ObjectMapper json, byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return new Ignored();
        }
        JsonNode line = json.readTree(bytes);
        return switch (line.path("type").asText()) {
            case "admitted" ->
                    new Admitted(
                            line.path("model").asText(),
                            line.path("granted_output_tokens").asLong());
            case "delta" -> new Delta(line.path("text").asText());
            case "finished" ->
                    new Ended(new Ending.Finished(finish(line.path("finish")), usage(line)));
            case "failed" ->
                    new Ended(
                            new Ending.Failed(
                                    new Failure(
                                            line.path("code").asText("upstream_error"),
                                            line.path("message").asText("The provider failed.")),
                                    line.has("input_tokens") ? usage(line) : null));
            default -> new Ignored();
        };
    }

    private static FinishReason finish(JsonNode finish) {
        return switch (finish.asText()) {
            case "length" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.STOP;
        };
    }

    private static TokenUsage usage(JsonNode line) {
        return new TokenUsage(
                line.path("input_tokens").asLong(),
                line.path("cached_input_tokens").asLong(),
                line.path("output_tokens").asLong(),
                line.path("estimated").asBoolean());
    }
}
