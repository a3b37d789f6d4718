package dev.parley.conversation.app.conversation;

import dev.parley.conversation.business.conversation.AuditTrail;
import dev.parley.conversation.business.conversation.AuditTrail.Deed;
import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.Conversation.Change;
import dev.parley.conversation.business.conversation.Conversation.Changes;
import dev.parley.conversation.business.conversation.ConversationState;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Drafts;
import dev.parley.conversation.business.message.MessageRefusal;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.Salt;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes a conversation's title, instructions, metadata or state. */
@ApplicationScoped
public class UpdateConversation {
    private final Conversations conversations;
    private final Messages messages;
    private final TimeOrderedIds ids;
    private final AuditTrail audit;
    private final SecureRandom random = new SecureRandom();

    @Inject
    UpdateConversation(
            Conversations conversations, Messages messages, TimeOrderedIds ids, AuditTrail audit) {
        this.conversations = conversations;
        this.messages = messages;
        this.ids = ids;
        this.audit = audit;
    }

    /** What is to change; null members stay as they are. */
    public record Command(
            ConversationId id,
            Owner owner,
            boolean maySupply,
            @Nullable Long version,
            @Nullable Change<String> title,
            @Nullable Change<String> instructions,
            @Nullable Metadata metadata,
            @Nullable ConversationState state) {}

    /** What becomes of it. */
    public sealed interface Outcome {
        record Updated(Conversation conversation) implements Outcome {}

        record Unknown() implements Outcome {}

        /** It was changed since the caller read it. */
        record VersionConflict(long version) implements Outcome {}

        record IllegalMove(ConversationState from, ConversationState to) implements Outcome {}

        record Unacceptable(MessageRefusal why) implements Outcome {}
    }

    @Transactional
    public Outcome handle(Command command) {
        Optional<Conversation> found = conversations.lock(command.id(), command.owner());
        if (found.isEmpty()) {
            return new Outcome.Unknown();
        }
        Conversation conversation = found.get();
        if (command.version() != null && command.version() != conversation.version()) {
            return new Outcome.VersionConflict(conversation.version());
        }
        if (command.instructions() instanceof Change.To<String>(String instructions)) {
            Optional<MessageRefusal> unacceptable =
                    new Drafts(List.of()).refusal(instructions, command.maySupply(), Map.of());
            if (unacceptable.isPresent()) {
                return new Outcome.Unacceptable(unacceptable.get());
            }
        }
        ConversationState next = command.state();
        if (next != null && !conversation.state().mayBecome(next)) {
            return new Outcome.IllegalMove(conversation.state(), next);
        }
        List<Payload> fresh = new ArrayList<>();
        Change<Payload> title = stored(command.title(), fresh);
        Change<Payload> instructions = stored(command.instructions(), fresh);
        Instant now = Instant.now();
        Conversation changed =
                conversation.changed(
                        new Changes(title, instructions, command.metadata(), next), now);
        messages.keep(command.owner(), command.id(), fresh, now);
        conversations.update(changed);
        messages.erase(command.id(), conversation.textsNotIn(changed));
        audit.record(command.owner(), new Deed.ConversationUpdated(command.id()));
        return new Outcome.Updated(changed);
    }

    private @Nullable Change<Payload> stored(@Nullable Change<String> change, List<Payload> fresh) {
        if (change == null) {
            return null;
        }
        return switch (change) {
            case Change.To<String> to -> {
                Payload payload =
                        new Payload(
                                ids.next(),
                                Salt.random(random),
                                List.of(ContentPart.input(to.value())));
                fresh.add(payload);
                yield new Change.To<>(payload);
            }
            case Change.Away<String> ignored -> new Change.Away<>();
        };
    }
}
