package dev.parley.conversation.business.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message at its place in the tree.
 *
 * @param depth 0 at a root, else the parent's plus 1
 * @param complete whether it is all that was to be said
 * @param tokens an estimate of how much of a model's window it takes
 * @param response the turn that it belongs to, or null when it was added without one
 * @param receivedAt when it had wholly reached us, from the caller or from the model
 * @param sentAt when it first left us, towards the model or the caller; null when it did not
 */
public record Item(
        ItemId id,
        ConversationId conversation,
        @Nullable ItemId parent,
        int depth,
        Role role,
        Origin origin,
        boolean complete,
        Payload payload,
        int tokens,
        @Nullable ResponseId response,
        Instant createdAt,
        @Nullable Instant receivedAt,
        @Nullable Instant sentAt) {

    public Item {
        if ((parent == null) != (depth == 0)) {
            throw new IllegalArgumentException("depth " + depth + " does not fit the parent");
        }
    }
}
