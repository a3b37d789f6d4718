package dev.parley.conversation.app.conversation;

import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.conversation.AuditTrail.Deed;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.response.Announcements;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Deletes a conversation: its text is erased, its turns are fenced, tombstones stay. */
@ApplicationScoped
public class DeleteConversation {
    private final Conversations conversations;
    private final Responses responses;
    private final Messages messages;
    private final Announcements announcements;
    private final AuditTrail audit;

    @Inject
    DeleteConversation(
            Conversations conversations,
            Responses responses,
            Messages messages,
            Announcements announcements,
            AuditTrail audit) {
        this.conversations = conversations;
        this.responses = responses;
        this.messages = messages;
        this.announcements = announcements;
        this.audit = audit;
    }

    /** Whether there was such a conversation. */
    @Transactional
    public boolean handle(ConversationId id, Owner owner) {
        if (conversations.lock(id, owner).isEmpty()) {
            return false;
        }
        Instant now = Instant.now();
        conversations.delete(id);
        responses.deleteAll(id, now);
        messages.deleteAll(id, now);
        announcements.conversationDeleted(id, owner, now);
        audit.record(owner, new Deed.ConversationDeleted(id));
        return true;
    }
}
