package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a prompt from the body of each protocol's request. */
final class PromptReader {
    private PromptReader() {}

    static Prompt ofOllamaChat(JsonNode body, SimulatedModel model) {
        List<Prompt.Message> messages = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            messages.add(
                    new Prompt.Message(
                            message.path("role").asText(),
                            message.path("content").asText(),
                            message.path("images").size()));
        }
        return ofOllama(body, model, messages);
    }

    static Prompt ofOllamaGenerate(JsonNode body, SimulatedModel model) {
        List<Prompt.Message> messages = new ArrayList<>();
        if (body.hasNonNull("system")) {
            messages.add(new Prompt.Message("system", body.get("system").asText(), 0));
        }
        messages.add(
                new Prompt.Message(
                        "user", body.path("prompt").asText(), body.path("images").size()));
        return ofOllama(body, model, messages);
    }

    private static Prompt ofOllama(
            JsonNode body, SimulatedModel model, List<Prompt.Message> messages) {
        JsonNode options = body.path("options");
        JsonNode format = body.path("format");
        return new Prompt(
                model,
                messages,
                list(body.path("tools")),
                format.isObject() || format.asText().equals("json")
                        ? Optional.of(format)
                        : Optional.empty(),
                limit(options.path("num_predict")),
                texts(options.path("stop")),
                options.path("seed").asLong(0));
    }

    static Prompt ofOpenAi(JsonNode body, SimulatedModel model) {
        List<Prompt.Message> messages = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            messages.add(openAiMessage(message));
        }
        boolean mayCall = !body.path("tool_choice").asText().equals("none");
        OptionalInt limit = limit(body.path("max_completion_tokens"));
        return new Prompt(
                model,
                messages,
                mayCall ? list(body.path("tools")) : List.of(),
                openAiFormat(body.path("response_format")),
                limit.isPresent() ? limit : limit(body.path("max_tokens")),
                texts(body.path("stop")),
                body.path("seed").asLong(0));
    }

    private static Prompt.Message openAiMessage(JsonNode message) {
        JsonNode content = message.path("content");
        if (!content.isArray()) {
            return new Prompt.Message(message.path("role").asText(), text(content), 0);
        }
        List<String> texts = new ArrayList<>();
        int images = 0;
        for (JsonNode part : content) {
            if (part.path("type").asText().equals("image_url")) {
                images++;
            } else {
                texts.add(part.path("text").asText());
            }
        }
        return new Prompt.Message(message.path("role").asText(), String.join("\n", texts), images);
    }

    private static String text(JsonNode content) {
        return content.isNull() ? "" : content.asText();
    }

    private static Optional<JsonNode> openAiFormat(JsonNode format) {
        return switch (format.path("type").asText()) {
            case "json_schema" -> Optional.of(format.path("json_schema").path("schema"));
            case "json_object" -> Optional.of(format.path("type"));
            default -> Optional.empty();
        };
    }

    /** Ollama takes −1 and −2 for as much as there is room for. */
    private static OptionalInt limit(JsonNode count) {
        return count.asInt(0) > 0 ? OptionalInt.of(count.asInt()) : OptionalInt.empty();
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    private static List<String> texts(JsonNode oneOrMany) {
        if (oneOrMany.isTextual()) {
            return List.of(oneOrMany.asText());
        }
        return list(oneOrMany).stream().map(JsonNode::asText).toList();
    }
}
