package dev.parley.conversation.app.response;

import dev.parley.conversation.business.context.TokenEstimate;
import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.Branch;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.message.Salt;
import dev.parley.conversation.business.response.IdempotencyKeys;
import dev.parley.conversation.business.response.IdempotencyKeys.Claim;
import dev.parley.conversation.business.response.KeptTurns;
import dev.parley.conversation.business.response.RequestHash;
import dev.parley.conversation.business.response.RequestKey;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.TurnPolicy;
import dev.parley.conversation.business.response.TurnRefusal;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a turn on record: from its commit on nothing that the caller wrote can be lost. The head of
 * the conversation does not move yet.
 */
@ApplicationScoped
class AcceptTurn {
    private final Conversations conversations;
    private final Messages messages;
    private final Responses responses;
    private final IdempotencyKeys keys;
    private final KeptTurns keptTurns;
    private final TurnPolicy policy;
    private final TimeOrderedIds ids;
    private final SecureRandom random = new SecureRandom();

    @Inject
    AcceptTurn(
            Conversations conversations,
            Messages messages,
            Responses responses,
            IdempotencyKeys keys,
            KeptTurns keptTurns,
            TurnPolicy policy,
            TimeOrderedIds ids) {
        this.conversations = conversations;
        this.messages = messages;
        this.responses = responses;
        this.keys = keys;
        this.keptTurns = keptTurns;
        this.policy = policy;
        this.ids = ids;
    }

    /** What becomes of a request for a turn. */
    sealed interface Outcome {
        /**
         * The turn, its items, and the instructions of its conversation.
         *
         * @param kept whether its answer is for whoever asks again, though it is not stored
         */
        record Accepted(
                Response turn,
                List<Item> added,
                @Nullable Payload conversationInstructions,
                boolean kept)
                implements Outcome {}

        record Repeated(RequestHash request, UUID resource) implements Outcome {}

        record Refused(TurnRefusal why) implements Outcome {}
    }

    private sealed interface Place {
        record At(Conversation conversation, boolean given, boolean begins, Branch branch)
                implements Place {}

        record Nowhere(TurnRefusal why) implements Place {}
    }

    @Transactional
    Outcome handle(CreateResponse.Command command, Map<ItemId, Item> own, Instant now) {
        ResponseId id = new ResponseId(ids.next());
        RequestKey request = command.request();
        // A stored turn is found by what an SDK sends again, of another there is nothing to find.
        if (request.chosen() != null) {
            Claim claim = request.claim(keys, command.owner(), id.value(), now);
            if (claim instanceof Claim.Repeated abandoned
                    && !command.stored()
                    && keptTurns.forgetAbandoned(new ResponseId(abandoned.resource()))) {
                keys.free(abandoned.resource());
                claim = request.claim(keys, command.owner(), id.value(), now);
            }
            if (claim instanceof Claim.Repeated repeated) {
                return new Outcome.Repeated(repeated.request(), repeated.resource());
            }
        }
        return switch (place(command, now)) {
            case Place.Nowhere nowhere -> {
                keys.free(id.value());
                yield new Outcome.Refused(nowhere.why());
            }
            case Place.At place -> accept(command, id, place, own, now);
        };
    }

    private Outcome accept(
            CreateResponse.Command command,
            ResponseId id,
            Place.At place,
            Map<ItemId, Item> own,
            Instant now) {
        Conversation conversation = place.conversation();
        List<Item> added =
                command.input()
                        .hang(
                                conversation.id(),
                                place.branch(),
                                command.stored() ? id : null,
                                own,
                                TokenEstimate::ofMessage,
                                ids::next,
                                random,
                                now);
        Payload instructions = instructions(command);
        Response turn =
                new Response(
                        id,
                        command.owner(),
                        conversation.id(),
                        place.given(),
                        command.previous(),
                        place.branch().leaf(),
                        place.branch().depth(),
                        added.stream().map(Item::id).toList(),
                        new ItemId(ids.next()),
                        command.settings(),
                        instructions,
                        command.metadata(),
                        command.stored(),
                        command.traceparent(),
                        1,
                        now,
                        null,
                        null);
        if (command.stored()) {
            if (place.begins()) {
                conversations.add(conversation);
            }
            messages.add(command.owner(), added);
            if (instructions != null) {
                messages.keep(command.owner(), conversation.id(), List.of(instructions), now);
            }
            responses.add(turn, command.request().request(), policy.lease());
        }
        boolean kept = !command.stored() && command.request().chosen() != null;
        if (kept) {
            keptTurns.begin(turn, policy.lease(), now.plus(RequestKey.KEPT));
        }
        return new Outcome.Accepted(turn, added, conversation.instructions(), kept);
    }

    @Nullable Payload instructions(CreateResponse.Command command) {
        return command.instructions() == null
                ? null
                : new Payload(
                        ids.next(),
                        Salt.random(random),
                        List.of(ContentPart.input(command.instructions())));
    }

    private Place place(CreateResponse.Command command, Instant now) {
        if (command.previous() != null) {
            return after(command, command.previous());
        }
        if (command.conversation() != null) {
            return atTheHead(command, command.conversation());
        }
        return new Place.At(
                Conversation.openedByATurn(new ConversationId(ids.next()), command.owner(), now),
                false,
                true,
                Branch.ROOT);
    }

    private Place atTheHead(CreateResponse.Command command, ConversationId id) {
        Optional<Conversation> found = conversations.lock(id, command.owner());
        if (found.isEmpty()) {
            return new Place.Nowhere(new TurnRefusal.UnknownConversation());
        }
        Conversation conversation = found.get();
        if (!conversation.state().takesTurns()) {
            return new Place.Nowhere(new TurnRefusal.NotActive(conversation.state()));
        }
        ItemId head = conversation.head();
        return new Place.At(conversation, true, false, below(conversation.id(), head));
    }

    private Place after(CreateResponse.Command command, ResponseId previous) {
        Optional<Response> found = responses.find(previous, command.owner());
        if (found.isEmpty()) {
            return new Place.Nowhere(new TurnRefusal.UnknownPrevious());
        }
        Response earlier = found.get();
        if (!earlier.continuable()) {
            return new Place.Nowhere(new TurnRefusal.NotContinuable());
        }
        Optional<Conversation> conversation =
                conversations.lock(earlier.conversation(), command.owner());
        if (conversation.isEmpty()) {
            return new Place.Nowhere(new TurnRefusal.UnknownPrevious());
        }
        if (!conversation.get().state().takesTurns()) {
            return new Place.Nowhere(new TurnRefusal.NotActive(conversation.get().state()));
        }
        return new Place.At(
                conversation.get(),
                earlier.conversationGiven(),
                false,
                below(earlier.conversation(), earlier.last()));
    }

    private Branch below(ConversationId conversation, @Nullable ItemId leaf) {
        if (leaf == null) {
            return Branch.ROOT;
        }
        return Branch.below(leaf, messages.depthOf(conversation, leaf).orElseThrow());
    }
}
