package dev.parley.moderation.api.screening;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.platform.web.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The many forms of {@code input}. */
final class ModerationInput {
    private static final Set<String> MEMBERS = Set.of("type", "text");

    private ModerationInput() {}

    /** The texts to judge, one for each result. */
    static List<String> textsOf(@Nullable JsonNode input, int longest) {
        if (input == null || input.isNull()) {
            throw Problem.invalid("input", "input is required").asException();
        }
        if (input.isTextual()) {
            return List.of(checked(input.textValue(), "input", longest));
        }
        if (!input.isArray() || input.isEmpty()) {
            throw Problem.invalid("input", "input must be a text or a non-empty array")
                    .asException();
        }
        return input.get(0).isTextual() ? texts(input, longest) : List.of(joined(input, longest));
    }

    private static List<String> texts(JsonNode input, int longest) {
        List<String> texts = new ArrayList<>(input.size());
        for (int i = 0; i < input.size(); i++) {
            JsonNode element = input.get(i);
            String name = "input[" + i + "]";
            if (!element.isTextual()) {
                throw Problem.invalid(name, "texts and objects cannot be mixed").asException();
            }
            texts.add(checked(element.textValue(), name, longest));
        }
        return texts;
    }

    private static String joined(JsonNode input, int longest) {
        List<String> parts = new ArrayList<>(input.size());
        for (int i = 0; i < input.size(); i++) {
            parts.add(checked(partOf(input.get(i), "input[" + i + "]"), "input", longest));
        }
        return checked(String.join("\n", parts), "input", longest);
    }

    private static String partOf(JsonNode part, String name) {
        if (!part.isObject()) {
            throw Problem.invalid(name, "an element must be a text or an object").asException();
        }
        JsonNode type = part.get("type");
        if (type == null || !type.isTextual()) {
            throw Problem.invalid(name + ".type", "type is required").asException();
        }
        switch (type.textValue()) {
            case "text" -> {}
            case "image_url" ->
                    throw Problem.of(
                                    400,
                                    "unsupported_prompt",
                                    "Images are not judged here, only text.")
                            .withParam(name + ".type")
                            .asException();
            default ->
                    throw Problem.invalid(name + ".type", "type must be text or image_url")
                            .asException();
        }
        for (Iterator<String> members = part.fieldNames(); members.hasNext(); ) {
            String member = members.next();
            if (!MEMBERS.contains(member)) {
                throw Problem.of(400, "unknown_parameter", "Unknown parameter: '" + member + "'.")
                        .withParam(name + "." + member)
                        .asException();
            }
        }
        JsonNode text = part.get("text");
        if (text == null || !text.isTextual()) {
            throw Problem.invalid(name + ".text", "text is required").asException();
        }
        return text.textValue();
    }

    private static String checked(String text, String name, int longest) {
        if (text.isEmpty()) {
            throw Problem.of(400, "empty_message", "An empty text cannot be judged.")
                    .withParam(name)
                    .asException();
        }
        if (text.length() > longest) {
            throw Problem.of(
                            400,
                            "message_too_long",
                            "A text may have at most " + longest + " characters.")
                    .withParam(name)
                    .asException();
        }
        return text;
    }
}
