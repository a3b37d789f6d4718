package dev.parley.conversation.api.conversation;

import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.business.conversation.Conversation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A conversation in OpenAI's shape, and what that lacks. */
@RegisterForReflection
@Schema(name = "Conversation")
public record ConversationView(
        String id,
        String object,
        long createdAt,
        Map<String, String> metadata,
        @Nullable String title,
        @Nullable String instructions,
        String state,
        long version,
        int turns,
        @Nullable String head,
        long updatedAt) {

    public static ConversationView of(Conversation conversation) {
        return new ConversationView(
                Ids.text(conversation.id()),
                "conversation",
                conversation.createdAt().getEpochSecond(),
                conversation.metadata().pairs(),
                conversation.title() == null ? null : conversation.title().text(),
                conversation.instructions() == null ? null : conversation.instructions().text(),
                conversation.state().name().toLowerCase(Locale.ROOT),
                conversation.version(),
                conversation.turns(),
                conversation.head() == null ? null : Ids.text(conversation.head()),
                conversation.updatedAt().getEpochSecond());
    }
}
