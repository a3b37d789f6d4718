package dev.parley.conversation.app.message;

import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Reads one item. */
@ApplicationScoped
public class ReadItem {
    private final Conversations conversations;
    private final Messages messages;

    @Inject
    ReadItem(Conversations conversations, Messages messages) {
        this.conversations = conversations;
        this.messages = messages;
    }

    @Transactional
    public Optional<Item> handle(ConversationId conversation, ItemId id, Owner owner) {
        return conversations
                .find(conversation, owner)
                .flatMap(found -> messages.find(conversation, id));
    }
}
