package dev.parley.conversation.api.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.Draft;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Role;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.web.Problem;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the items of a request, in OpenAI's shapes: messages, long or short. */
public final class ItemReader {
    private static final Set<String> MESSAGE =
            Set.of(
                    "type",
                    "role",
                    "content",
                    "id",
                    "status",
                    "phase",
                    "created_at",
                    "received_at",
                    "sent_at");
    private static final Set<String> PART = Set.of("type", "text", "annotations", "logprobs");
    private static final Set<String> KNOWN_ITEMS =
            Set.of(
                    "function_call",
                    "function_call_output",
                    "item_reference",
                    "reasoning",
                    "file_search_call",
                    "web_search_call",
                    "computer_call",
                    "computer_call_output",
                    "image_generation_call",
                    "code_interpreter_call",
                    "mcp_call",
                    "custom_tool_call",
                    "custom_tool_call_output");
    private static final Set<String> KNOWN_PARTS =
            Set.of("input_image", "input_file", "input_audio", "refusal", "summary_text");

    private ItemReader() {}

    /** One message of the user's. */
    public static List<Draft> ofText(String text, String param) {
        return List.of(new Draft(param, null, Role.USER, List.of(ContentPart.input(normal(text)))));
    }

    /**
     * The items of an array.
     *
     * @param most how many there may be
     */
    public static List<Draft> ofArray(JsonNode array, String param, int most) {
        if (!array.isArray()) {
            throw Problem.invalid(param, param + " has to be an array of items").asException();
        }
        if (array.size() > most) {
            throw Problem.invalid(param, param + " has at most " + most + " items").asException();
        }
        List<Draft> drafts = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            drafts.add(
                    message(
                            JsonFields.of(array.get(i), param + "[" + i + "]"),
                            param + "[" + i + "]"));
        }
        return drafts;
    }

    private static Draft message(JsonFields item, String param) {
        String type = item.text("type");
        if (type != null && !type.equals("message")) {
            if (KNOWN_ITEMS.contains(type)) {
                throw item.unsupported("type");
            }
            throw item.wrong("type", "message");
        }
        item.refuseOthers(MESSAGE);
        String role = item.text("role");
        Role speaker =
                switch (role == null ? "" : role) {
                    case "user" -> Role.USER;
                    case "system" -> Role.SYSTEM;
                    case "developer" -> Role.DEVELOPER;
                    case "assistant" -> Role.ASSISTANT;
                    default -> throw item.wrong("role", "user, system, developer or assistant");
                };
        return new Draft(param, resent(item), speaker, content(item, speaker));
    }

    private static @Nullable ItemId resent(JsonFields item) {
        String id = item.text("id");
        return id == null ? null : PublicId.parse("msg_", id).map(ItemId::new).orElse(null);
    }

    private static List<ContentPart> content(JsonFields item, Role role) {
        JsonNode content = item.node("content");
        if (content == null) {
            throw item.wrong("content", "a string or an array of parts");
        }
        if (content.isTextual()) {
            String text = normal(content.textValue());
            return List.of(
                    role == Role.ASSISTANT ? ContentPart.output(text) : ContentPart.input(text));
        }
        if (!content.isArray()) {
            throw item.wrong("content", "a string or an array of parts");
        }
        List<ContentPart> parts = new ArrayList<>(content.size());
        for (int i = 0; i < content.size(); i++) {
            parts.add(
                    part(
                            JsonFields.of(content.get(i), item.path("content") + "[" + i + "]"),
                            role));
        }
        return parts;
    }

    private static ContentPart part(JsonFields part, Role role) {
        String type = part.text("type");
        if (type != null && KNOWN_PARTS.contains(type)) {
            throw Problem.of(
                            400,
                            "unsupported_prompt",
                            "Content of the type '" + type + "' is not supported.")
                    .withParam(part.path("type"))
                    .asException();
        }
        boolean output = "output_text".equals(type);
        if (!output && !"input_text".equals(type)) {
            throw part.wrong("type", "input_text or output_text");
        }
        if (output && role != Role.ASSISTANT) {
            throw part.wrong("type", "input_text for this role");
        }
        part.refuseOthers(PART);
        String text = part.text("text");
        if (text == null) {
            throw part.wrong("text", "a string");
        }
        return output ? ContentPart.output(normal(text)) : ContentPart.input(normal(text));
    }

    /** Text is kept as it was sent, composed (NFC). */
    public static String normal(String text) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
