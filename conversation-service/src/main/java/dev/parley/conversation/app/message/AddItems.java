package dev.parley.conversation.app.message;

import dev.parley.conversation.business.context.TokenEstimate;
import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.conversation.AuditTrail.Deed;
import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.ConversationState;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.Branch;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Drafts;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.MessageRefusal;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.response.IdempotencyKeys;
import dev.parley.conversation.business.response.IdempotencyKeys.Claim;
import dev.parley.conversation.business.response.RequestKey;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/** Adds items below a conversation's head, which moves to the last of them. */
@ApplicationScoped
public class AddItems {
    private final Conversations conversations;
    private final Messages messages;
    private final IdempotencyKeys keys;
    private final TimeOrderedIds ids;
    private final AuditTrail audit;
    private final SecureRandom random = new SecureRandom();

    @Inject
    AddItems(
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

    /** What is to be added. */
    public record Command(
            ConversationId conversation,
            Owner owner,
            boolean maySupply,
            Drafts items,
            RequestKey request) {}

    /** What becomes of it. */
    public sealed interface Outcome {
        record Added(List<Item> items) implements Outcome {}

        /** There is no such conversation, or what the request added before is deleted. */
        record Unknown() implements Outcome {}

        record NotActive(ConversationState state) implements Outcome {}

        record Unacceptable(MessageRefusal why) implements Outcome {}

        record KeyReused() implements Outcome {}
    }

    @Transactional
    public Outcome handle(Command command) {
        Map<ItemId, Item> own =
                command.items().resent().isEmpty() || command.maySupply()
                        ? Map.of()
                        : messages.findAll(command.owner(), command.items().resent());
        Optional<MessageRefusal> unacceptable =
                command.items().refusal(null, command.maySupply(), own);
        if (unacceptable.isPresent()) {
            return new Outcome.Unacceptable(unacceptable.get());
        }
        // Kept as the database keeps it, so that it is told again as it was told first.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<UUID> fresh = Stream.generate(ids::next).limit(command.items().idsTaken()).toList();
        UUID last = fresh.getLast();
        if (command.request().claim(keys, command.owner(), last, now)
                instanceof Claim.Repeated repeated) {
            return repeat(repeated, command);
        }
        Outcome outcome = add(command, own, fresh, now);
        if (!(outcome instanceof Outcome.Added)) {
            keys.free(last);
        }
        return outcome;
    }

    private Outcome add(Command command, Map<ItemId, Item> own, List<UUID> fresh, Instant now) {
        Optional<Conversation> found = conversations.lock(command.conversation(), command.owner());
        if (found.isEmpty()) {
            return new Outcome.Unknown();
        }
        Conversation conversation = found.get();
        if (!conversation.state().takesTurns()) {
            return new Outcome.NotActive(conversation.state());
        }
        ItemId head = conversation.head();
        Branch branch =
                head == null
                        ? Branch.ROOT
                        : Branch.below(
                                head, messages.depthOf(conversation.id(), head).orElseThrow());
        List<Item> items =
                command.items()
                        .hang(
                                conversation.id(),
                                branch,
                                null,
                                own,
                                TokenEstimate::ofMessage,
                                fresh.iterator()::next,
                                random,
                                now);
        messages.add(command.owner(), items);
        conversations.moveHead(conversation.id(), items.getLast().id());
        audit.record(command.owner(), new Deed.ItemsAdded(conversation.id()));
        return new Outcome.Added(items);
    }

    /** The items again that the request added the first time, by the last of them. */
    private Outcome repeat(Claim.Repeated repeated, Command command) {
        if (!repeated.request().equals(command.request().request())) {
            return new Outcome.KeyReused();
        }
        if (conversations.find(command.conversation(), command.owner()).isEmpty()) {
            return new Outcome.Unknown();
        }
        ItemId last = new ItemId(repeated.resource());
        OptionalInt depth = messages.depthOf(command.conversation(), last);
        int count = command.items().messages().size();
        List<Item> items =
                messages.page(command.conversation(), last, null, false, count).reversed();
        return items.size() == count
                        && depth.isPresent()
                        && items.getFirst().depth() == depth.getAsInt() - count + 1
                ? new Outcome.Added(items)
                : new Outcome.Unknown();
    }
}
