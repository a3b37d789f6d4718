package dev.parley.conversation.api.conversation;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a client may say about a conversation, for the OpenAPI document alone. */
@Schema(name = "ConversationRequest")
record ConversationBody(
        @Schema(description = "At most 20 message items, when it is begun")
                @Nullable List<Object> items,
        @Nullable Map<String, String> metadata,
        @Nullable String title,
        @Nullable String instructions,
        @Schema(
                        description = "When it is changed",
                        enumeration = {"active", "paused", "archived", "closed"})
                @Nullable String state) {}
