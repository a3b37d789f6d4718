package dev.parley.conversation.business.conversation;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All conversations that are not deleted. */
public interface Conversations {
    void add(Conversation conversation);

    Optional<Conversation> find(ConversationId id, Owner owner);

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Optional<Conversation> lock(ConversationId id, Owner owner);

    /** Listed ones, at most {@code limit}, beginning after the given one. */
    List<Conversation> list(
            Owner owner, @Nullable ConversationId after, boolean ascending, int limit);

    void update(Conversation conversation);

    /**
     * Moves the head if it still stands where the turn started from, and counts the turn; a turn
     * that comes second stays a branch.
     */
    void endTurn(ConversationId id, @Nullable ItemId startedFrom, ItemId next);

    void moveHead(ConversationId id, ItemId next);

    /** Makes it a tombstone: title, instructions and metadata are gone. */
    void delete(ConversationId id);
}
