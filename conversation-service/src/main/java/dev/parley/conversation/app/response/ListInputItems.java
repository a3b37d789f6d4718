package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Reads the items that a turn was given, oldest first. */
@ApplicationScoped
public class ListInputItems {
    private final Responses responses;
    private final Messages messages;

    @Inject
    ListInputItems(Responses responses, Messages messages) {
        this.responses = responses;
        this.messages = messages;
    }

    /** The items; empty for a turn that is not the owner's. */
    public Optional<List<Item>> handle(ResponseId id, Owner owner) {
        return responses.find(id, owner).map(turn -> messages.inOrder(owner, turn.input()));
    }
}
