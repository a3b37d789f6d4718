package dev.parley.conversation.app.message;

import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.conversation.AuditTrail.Deed;
import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Erases one item's text; its place in the tree stays as a tombstone. */
@ApplicationScoped
public class DeleteItem {
    private final Conversations conversations;
    private final Messages messages;
    private final AuditTrail audit;

    @Inject
    DeleteItem(Conversations conversations, Messages messages, AuditTrail audit) {
        this.conversations = conversations;
        this.messages = messages;
        this.audit = audit;
    }

    /** The conversation; empty when there is no such item in it. */
    @Transactional
    public Optional<Conversation> handle(ConversationId conversation, ItemId id, Owner owner) {
        Optional<Conversation> found = conversations.lock(conversation, owner);
        if (found.isEmpty() || messages.find(conversation, id).isEmpty()) {
            return Optional.empty();
        }
        messages.delete(conversation, List.of(id), Instant.now());
        audit.record(owner, new Deed.ItemDeleted(conversation, id));
        return found;
    }
}
