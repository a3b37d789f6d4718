package dev.parley.conversation.business.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Messages that a caller wants added, in order, and the rules that they have to keep. */
public record Drafts(List<Draft> messages) {
    /** The most text that one request may bring, in bytes of UTF-8. */
    public static final int MOST_BYTES = 256 * 1024;

    public Drafts {
        messages = List.copyOf(messages);
    }

    /** The items that they say they repeat. */
    public Collection<ItemId> resent() {
        return messages.stream().map(Draft::resent).filter(Objects::nonNull).toList();
    }

    /**
     * Whether the messages may be added.
     *
     * @param instructions what comes with them as instructions, if anything
     * @param maySupply whether the caller may write for others than the user
     * @param own the caller's own items among those that the messages say they repeat
     */
    public Optional<MessageRefusal> refusal(
            @Nullable String instructions, boolean maySupply, Map<ItemId, Item> own) {
        long bytes = 0;
        if (instructions != null) {
            if (!maySupply) {
                return Optional.of(new MessageRefusal.InstructionsNotAllowed("instructions"));
            }
            bytes = utf8Length(instructions);
            if (bytes > MOST_BYTES) {
                return Optional.of(new MessageRefusal.TooLong("instructions", MOST_BYTES));
            }
        }
        for (Draft draft : messages) {
            if (draft.parts().stream().allMatch(part -> part.text().isBlank())) {
                return Optional.of(new MessageRefusal.Empty(draft.param()));
            }
            for (ContentPart part : draft.parts()) {
                bytes += utf8Length(part.text());
            }
            if (bytes > MOST_BYTES) {
                return Optional.of(new MessageRefusal.TooLong(draft.param(), MOST_BYTES));
            }
            if (origin(draft, own) == Origin.SUPPLIED && !maySupply) {
                return Optional.of(new MessageRefusal.InstructionsNotAllowed(draft.param()));
            }
        }
        return Optional.empty();
    }

    /** How many ids the items take that are made of the messages. */
    public int idsTaken() {
        return 2 * messages.size();
    }

    /**
     * The messages as items, each below the one before it.
     *
     * @param ids one for each payload and then one for its item, so the last is the last item's
     */
    public List<Item> hang(
            ConversationId conversation,
            Branch branch,
            @Nullable ResponseId response,
            Map<ItemId, Item> own,
            ToTokens estimate,
            Supplier<UUID> ids,
            RandomGenerator random,
            Instant now) {
        List<Item> items = new ArrayList<>(messages.size());
        ItemId parent = branch.leaf();
        int depth = branch.depth();
        for (Draft draft : messages) {
            Payload payload = new Payload(ids.get(), Salt.random(random), draft.parts());
            Item item =
                    new Item(
                            new ItemId(ids.get()),
                            conversation,
                            parent,
                            depth,
                            draft.role(),
                            origin(draft, own),
                            true,
                            payload,
                            estimate.of(payload.text()),
                            response,
                            now,
                            now,
                            null);
            items.add(item);
            parent = item.id();
            depth++;
        }
        return items;
    }

    /** Tells how much of a model's window a message takes. */
    @FunctionalInterface
    public interface ToTokens {
        int of(String text);
    }

    private static Origin origin(Draft draft, Map<ItemId, Item> own) {
        if (draft.role() == Role.USER) {
            return Origin.SENT;
        }
        return draft.resent() != null && draft.repeats(own.get(draft.resent()))
                ? Origin.RESENT
                : Origin.SUPPLIED;
    }

    private static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
