package dev.parley.gateway.api.generation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.gateway.api.generation.ChatCompletionRequest.ChatMessage;
import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Role;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads OpenAI's messages as a prompt. */
final class ChatMessages {
    private static final int MOST_MESSAGES = 2_048;

    private ChatMessages() {}

    static Prompt prompt(@Nullable List<@Nullable ChatMessage> messages) {
        if (messages == null) {
            throw ChatParameters.invalid("messages", "messages is required");
        }
        if (messages.isEmpty()) {
            throw Problem.of(400, "empty_message", "There is no message.")
                    .withParam("messages")
                    .asException();
        }
        if (messages.size() > MOST_MESSAGES) {
            throw ChatParameters.invalid(
                    "messages", "messages holds at most " + MOST_MESSAGES + " messages");
        }
        List<Message> read = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            read.add(message(messages.get(i), "messages[" + i + "]"));
        }
        return new Prompt(read);
    }

    private static Message message(@Nullable ChatMessage message, String where) {
        if (message == null) {
            throw ChatParameters.invalid(where, where + " must be a message");
        }
        Role role = role(message.role(), where + ".role");
        unsupportedUnlessAbsent(message.toolCalls(), where + ".tool_calls");
        unsupportedUnlessAbsent(message.functionCall(), where + ".function_call");
        unsupportedUnlessAbsent(message.audio(), where + ".audio");
        unsupportedUnlessAbsent(message.refusal(), where + ".refusal");
        unsupportedUnlessAbsent(message.annotations(), where + ".annotations");
        if (message.toolCallId() != null) {
            throw ChatParameters.unsupported(where + ".tool_call_id").asException();
        }
        return new Message(role, text(message.content(), where + ".content"));
    }

    private static Role role(@Nullable String role, String where) {
        return switch (role) {
            case null -> throw ChatParameters.invalid(where, where + " is required");
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool", "function" -> throw ChatParameters.unsupported(where).asException();
            default ->
                    throw ChatParameters.invalid(
                            where, where + " must be system, developer, user or assistant");
        };
    }

    private static String text(@Nullable JsonNode content, String where) {
        if (content == null || content.isNull()) {
            throw ChatParameters.invalid(where, where + " is required");
        }
        if (content.isTextual()) {
            return content.textValue();
        }
        if (!content.isArray()) {
            throw ChatParameters.invalid(where, where + " must be a string or an array of parts");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            String part = partText(content.get(i), where + "[" + i + "]");
            text.append(i == 0 ? "" : "\n").append(part);
        }
        return text.toString();
    }

    private static String partText(JsonNode part, String where) {
        String type = part.path("type").textValue();
        return switch (type) {
            case null -> throw ChatParameters.invalid(where, where + " needs a type");
            case "text" -> textMember(part, "text", where);
            case "refusal" -> textMember(part, "refusal", where);
            case "image_url", "input_audio", "file" -> throw unsupportedContent(type, where);
            default ->
                    throw ChatParameters.invalid(
                            where + ".type", "'" + where + ".type' is not a type of content");
        };
    }

    private static String textMember(JsonNode part, String member, String where) {
        part.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!name.equals("type") && !name.equals(member)) {
                                throw ChatParameters.unknown(where + "." + name);
                            }
                        });
        JsonNode text = part.get(member);
        if (text == null || !text.isTextual()) {
            throw ChatParameters.invalid(where + "." + member, where + " needs a " + member);
        }
        return text.textValue();
    }

    private static ProblemException unsupportedContent(String type, String where) {
        return Problem.of(
                        400,
                        "unsupported_prompt",
                        "The model does not take content of the type '" + type + "'.")
                .withParam(where)
                .asException();
    }

    /** Official SDKs send back what is empty in an answer. */
    private static void unsupportedUnlessAbsent(@Nullable JsonNode value, String where) {
        boolean absent =
                value == null || value.isNull() || (value.isContainerNode() && value.isEmpty());
        if (!absent) {
            throw ChatParameters.unsupported(where).asException();
        }
    }
}
