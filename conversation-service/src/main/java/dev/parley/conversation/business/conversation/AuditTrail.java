package dev.parley.conversation.business.conversation;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import org.jspecify.annotations.Nullable;

/** Where it is put on record who did what; ids and codes, never a text. */
public interface AuditTrail {
    /** With the running transaction, which is that of the deed. */
    void record(Owner by, Deed deed);

    /**
     * As {@link #record(Owner, Deed)}, of a turn that goes on without the request that began it.
     */
    void record(Owner by, Deed deed, @Nullable String traceparent);

    /** What changed nothing that is kept; written a little later, repetitions as one. */
    void count(Owner by, Deed.ResponseRefused refusal, @Nullable String traceparent);

    /** What someone did, or was refused. */
    sealed interface Deed {
        record ConversationCreated(ConversationId conversation) implements Deed {}

        record ConversationUpdated(ConversationId conversation) implements Deed {}

        record ConversationDeleted(ConversationId conversation) implements Deed {}

        record ItemsAdded(ConversationId conversation) implements Deed {}

        record ItemDeleted(ConversationId conversation, ItemId item) implements Deed {}

        record ResponseCancelled(ConversationId conversation, ResponseId response)
                implements Deed {}

        record ResponseDeleted(ConversationId conversation, ResponseId response) implements Deed {}

        record ResponseRefused(ConversationId conversation, ResponseId response, String code)
                implements Deed {}
    }
}
