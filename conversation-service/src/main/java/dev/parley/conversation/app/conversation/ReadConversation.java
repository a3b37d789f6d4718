package dev.parley.conversation.app.conversation;

import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Reads a conversation. */
@ApplicationScoped
public class ReadConversation {
    private final Conversations conversations;

    @Inject
    ReadConversation(Conversations conversations) {
        this.conversations = conversations;
    }

    @Transactional
    public Optional<Conversation> handle(ConversationId id, Owner owner) {
        return conversations.find(id, owner);
    }
}
