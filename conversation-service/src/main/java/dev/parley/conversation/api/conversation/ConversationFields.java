package dev.parley.conversation.api.conversation;

import dev.parley.conversation.api.message.ItemReader;
import dev.parley.conversation.api.message.JsonFields;
import dev.parley.conversation.business.conversation.Conversation.Change;
import dev.parley.conversation.business.conversation.ConversationState;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.platform.web.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a request about a conversation. */
final class ConversationFields {
    private ConversationFields() {}

    static @Nullable Metadata metadata(JsonFields fields) {
        Map<String, String> pairs =
                fields.pairs(
                        "metadata",
                        Metadata.MOST_PAIRS,
                        Metadata.LONGEST_KEY,
                        Metadata.LONGEST_VALUE);
        if (pairs == null) {
            return fields.mentions("metadata") ? Metadata.NONE : null;
        }
        return new Metadata(pairs);
    }

    static @Nullable String text(JsonFields fields, String name, int longest) {
        String text = fields.text(name, longest);
        return text == null ? null : ItemReader.normal(text);
    }

    static @Nullable Change<String> textChange(JsonFields fields, String name, int longest) {
        String text = text(fields, name, longest);
        if (text != null) {
            return new Change.To<>(text);
        }
        return fields.mentions(name) ? new Change.Away<>() : null;
    }

    static @Nullable ConversationState state(JsonFields fields) {
        String state = fields.text("state");
        if (state == null) {
            return null;
        }
        return switch (state) {
            case "active" -> ConversationState.ACTIVE;
            case "paused" -> ConversationState.PAUSED;
            case "archived" -> ConversationState.ARCHIVED;
            case "closed" -> ConversationState.CLOSED;
            default -> throw fields.wrong("state", "active, paused, archived or closed");
        };
    }

    static @Nullable Long version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        String text = ifMatch.strip();
        String digits =
                text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")
                        ? text.substring(1, text.length() - 1)
                        : text;
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException notAVersion) {
            throw Problem.invalid("If-Match", "If-Match is a version").asException();
        }
    }
}
