package dev.parley.conversation.app.message;

import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the items of a conversation's active branch, or of the branch of one of its turns. */
@ApplicationScoped
public class ListItems {
    private final Conversations conversations;
    private final Responses responses;
    private final Messages messages;

    @Inject
    ListItems(Conversations conversations, Responses responses, Messages messages) {
        this.conversations = conversations;
        this.responses = responses;
        this.messages = messages;
    }

    /** Which items of which conversation. */
    public record Query(
            ConversationId conversation,
            Owner owner,
            @Nullable ResponseId branch,
            @Nullable ItemId after,
            boolean ascending,
            int limit) {}

    /** The items; empty when the conversation or the branch is not the owner's. */
    @Transactional
    public Optional<List<Item>> handle(Query query) {
        Optional<Conversation> conversation =
                conversations.find(query.conversation(), query.owner());
        if (conversation.isEmpty()) {
            return Optional.empty();
        }
        ItemId leaf = conversation.get().head();
        if (query.branch() != null) {
            Optional<Response> turn =
                    responses
                            .find(query.branch(), query.owner())
                            .filter(found -> found.conversation().equals(query.conversation()));
            if (turn.isEmpty()) {
                return Optional.empty();
            }
            leaf = turn.get().last();
        }
        if (leaf == null) {
            return Optional.of(List.of());
        }
        return Optional.of(
                messages.page(
                        query.conversation(),
                        leaf,
                        query.after(),
                        query.ascending(),
                        query.limit()));
    }
}
