package dev.parley.conversation.business.message;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All messages; deleted ones are tombstones that no method returns. */
public interface Messages {
    /** Adds items, parents before children, with their payloads, in one statement. */
    void add(Owner owner, List<Item> items);

    /** Adds payloads that no item refers to: titles and instructions. */
    void keep(Owner owner, ConversationId conversation, List<Payload> payloads, Instant now);

    /** Erases payloads that nothing refers to any more. */
    void erase(ConversationId conversation, List<Payload> payloads);

    Optional<Payload> payload(Owner owner, UUID id);

    /** How deep a node stands, tombstone or not. */
    OptionalInt depthOf(ConversationId conversation, ItemId node);

    /**
     * The end of the path to {@code leaf}, root first: whole messages, the newest that together
     * hold about {@code tokens}.
     */
    Path path(ConversationId conversation, ItemId leaf, long tokens);

    /**
     * The end of a path.
     *
     * @param items oldest first
     * @param beyond how many nodes stand above the oldest that was looked at
     */
    record Path(List<Item> items, int beyond) {
        public static final Path NONE = new Path(List.of(), 0);

        public Path {
            items = List.copyOf(items);
        }
    }

    /** A page of the path to {@code leaf}, beginning after an item that lies on it. */
    List<Item> page(
            ConversationId conversation,
            ItemId leaf,
            @Nullable ItemId after,
            boolean ascending,
            int limit);

    Optional<Item> find(ConversationId conversation, ItemId id);

    /** The given items, of whatever conversation, that are the owner's, by id. */
    Map<ItemId, Item> findAll(Owner owner, Collection<ItemId> ids);

    /** Adds a turn's answer, and notes when its input left for the model. */
    void addAnswer(Owner owner, Item answer, List<ItemId> input, @Nullable Instant inputSentAt);

    /** Flags items whose turn was refused: they stay on record and lie on no path. */
    void markRefused(List<ItemId> ids);

    /** Turns items into tombstones and erases their text. */
    void delete(ConversationId conversation, List<ItemId> ids, Instant now);

    /** Turns every item into a tombstone and erases every text of the conversation. */
    void deleteAll(ConversationId conversation, Instant now);

    /** The items that a turn was given, in order. */
    default List<Item> inOrder(Owner owner, List<ItemId> ids) {
        Map<ItemId, Item> found = findAll(owner, ids);
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }
}
