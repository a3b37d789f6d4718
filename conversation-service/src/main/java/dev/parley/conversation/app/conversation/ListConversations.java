package dev.parley.conversation.app.conversation;

import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the owner's conversations by when they began. */
@ApplicationScoped
public class ListConversations {
    private final Conversations conversations;

    @Inject
    ListConversations(Conversations conversations) {
        this.conversations = conversations;
    }

    @Transactional
    public List<Conversation> handle(
            Owner owner, @Nullable ConversationId after, boolean ascending, int limit) {
        return conversations.list(owner, after, ascending, limit);
    }
}
