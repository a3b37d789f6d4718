package dev.parley.conversation.app.conversation;

import dev.parley.conversation.business.context.TokenEstimate;
import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.conversation.AuditTrail.Deed;
import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.Branch;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Drafts;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.MessageRefusal;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.Salt;
import dev.parley.conversation.business.response.IdempotencyKeys;
import dev.parley.conversation.business.response.IdempotencyKeys.Claim;
import dev.parley.conversation.business.response.RequestKey;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Begins a conversation, perhaps with items. */
@ApplicationScoped
public class CreateConversation {
    private final Conversations conversations;
    private final Messages messages;
    private final IdempotencyKeys keys;
    private final TimeOrderedIds ids;
    private final AuditTrail audit;
    private final SecureRandom random = new SecureRandom();

    @Inject
    CreateConversation(
            Conversations conversations,
            Messages messages,
            IdempotencyKeys keys,
            TimeOrderedIds ids,
            AuditTrail audit) {
        this.conversations = conversations;
        this.messages = messages;
        this.keys = keys;
        this.ids = ids;
        this.audit = audit;
    }

    /** A request for a conversation. */
    public record Command(
            Owner owner,
            boolean maySupply,
            @Nullable String title,
            @Nullable String instructions,
            Metadata metadata,
            Drafts items,
            RequestKey request) {}

    /** What becomes of it. */
    public sealed interface Outcome {
        record Created(Conversation conversation) implements Outcome {}

        record Unacceptable(MessageRefusal why) implements Outcome {}

        record KeyReused() implements Outcome {}

        /** What the request made before is deleted. */
        record Gone() implements Outcome {}
    }

    @Transactional
    public Outcome handle(Command command) {
        Map<ItemId, Item> own =
                command.items().resent().isEmpty() || command.maySupply()
                        ? Map.of()
                        : messages.findAll(command.owner(), command.items().resent());
        Optional<MessageRefusal> unacceptable =
                command.items().refusal(command.instructions(), command.maySupply(), own);
        if (unacceptable.isPresent()) {
            return new Outcome.Unacceptable(unacceptable.get());
        }
        Instant now = Instant.now();
        ConversationId id = new ConversationId(ids.next());
        if (command.request().claim(keys, command.owner(), id.value(), now)
                instanceof Claim.Repeated repeated) {
            return repeat(repeated, command);
        }
        Payload title = payload(command.title());
        Payload instructions = payload(command.instructions());
        Conversation begun =
                Conversation.begun(
                        id, command.owner(), title, instructions, command.metadata(), now);
        messages.keep(
                command.owner(),
                id,
                Stream.of(title, instructions).filter(Objects::nonNull).toList(),
                now);
        conversations.add(begun);
        audit.record(command.owner(), new Deed.ConversationCreated(id));
        List<Item> items =
                command.items()
                        .hang(
                                id,
                                Branch.ROOT,
                                null,
                                own,
                                TokenEstimate::ofMessage,
                                ids::next,
                                random,
                                now);
        if (items.isEmpty()) {
            return new Outcome.Created(begun);
        }
        messages.add(command.owner(), items);
        conversations.moveHead(id, items.getLast().id());
        return new Outcome.Created(begun.withHead(items.getLast().id()));
    }

    private Outcome repeat(Claim.Repeated repeated, Command command) {
        if (!repeated.request().equals(command.request().request())) {
            return new Outcome.KeyReused();
        }
        return conversations
                .find(new ConversationId(repeated.resource()), command.owner())
                .<Outcome>map(Outcome.Created::new)
                .orElseGet(Outcome.Gone::new);
    }

    private @Nullable Payload payload(@Nullable String text) {
        return text == null
                ? null
                : new Payload(ids.next(), Salt.random(random), List.of(ContentPart.input(text)));
    }
}
