package dev.parley.conversation.business.conversation;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without what was said in it.
 *
 * @param listed whether it shows in lists; one that a turn opened for itself does not until its
 *     second turn or a title
 * @param turns how many turns have moved its head
 * @param head the last item of the active branch, or null before the first
 * @param version counts the changes that a caller made
 */
public record Conversation(
        ConversationId id,
        Owner owner,
        ConversationState state,
        boolean listed,
        int turns,
        @Nullable Payload title,
        @Nullable Payload instructions,
        Metadata metadata,
        @Nullable ItemId head,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** A conversation that someone asked for. */
    public static Conversation begun(
            ConversationId id,
            Owner owner,
            @Nullable Payload title,
            @Nullable Payload instructions,
            Metadata metadata,
            Instant now) {
        return new Conversation(
                id,
                owner,
                ConversationState.ACTIVE,
                true,
                0,
                title,
                instructions,
                metadata,
                null,
                1,
                now,
                now);
    }

    /** A conversation that a turn opened for itself. */
    public static Conversation openedByATurn(ConversationId id, Owner owner, Instant now) {
        return new Conversation(
                id,
                owner,
                ConversationState.ACTIVE,
                false,
                0,
                null,
                null,
                Metadata.NONE,
                null,
                1,
                now,
                now);
    }

    public Conversation withHead(ItemId next) {
        return new Conversation(
                id,
                owner,
                state,
                listed,
                turns,
                title,
                instructions,
                metadata,
                next,
                version,
                createdAt,
                updatedAt);
    }

    /** This conversation with a caller's changes. */
    public Conversation changed(Changes changes, Instant now) {
        return new Conversation(
                id,
                owner,
                changes.state() == null ? state : changes.state(),
                listed || (changes.title() instanceof Change.To<Payload>),
                turns,
                Change.apply(changes.title(), title),
                Change.apply(changes.instructions(), instructions),
                changes.metadata() == null ? metadata : changes.metadata(),
                head,
                version + 1,
                createdAt,
                now);
    }

    /** Its texts that the changed one has no more. */
    public List<Payload> textsNotIn(Conversation changed) {
        List<Payload> gone = new ArrayList<>();
        if (title != null && !title.equals(changed.title())) {
            gone.add(title);
        }
        if (instructions != null && !instructions.equals(changed.instructions())) {
            gone.add(instructions);
        }
        return gone;
    }

    /** What a caller changes; null members stay as they are. */
    public record Changes(
            @Nullable Change<Payload> title,
            @Nullable Change<Payload> instructions,
            @Nullable Metadata metadata,
            @Nullable ConversationState state) {}

    /** A new value, or none any more. */
    public sealed interface Change<T> {
        record To<T>(T value) implements Change<T> {}

        record Away<T>() implements Change<T> {}

        private static <T> @Nullable T apply(@Nullable Change<T> change, @Nullable T current) {
            if (change == null) {
                return current;
            }
            return switch (change) {
                case To<T> to -> to.value();
                case Away<T> ignored -> null;
            };
        }
    }
}
