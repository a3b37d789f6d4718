package dev.parley.conversation.storage.message;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.storage.message.Database.Values;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages in the tables {@code node} and {@code payload}. */
@ApplicationScoped
class SqlMessages implements Messages {
    private static final String ADD =
            """
            WITH said AS (
                INSERT INTO payload (id, organization_id, conversation_id, salt, content, created_at)
                SELECT p.id, ?, ?, decode(p.salt, 'hex'), p.content::jsonb, ?
                FROM unnest(?::uuid[], ?::text[], ?::text[]) AS p (id, salt, content)
            )
            INSERT INTO node (id, conversation_id, organization_id, parent_id, depth, role, origin,
                status, payload_id, commitment, tokens, response_id, created_at, received_at,
                sent_at)
            SELECT n.id, ?, ?, n.parent_id, n.depth, n.role, n.origin, n.status, n.payload_id,
                decode(n.commitment, 'hex'), n.tokens, ?, ?, ?, ?
            FROM unnest(?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::text[], ?::uuid[],
                ?::text[], ?::int[])
                AS n (id, parent_id, depth, role, origin, status, payload_id, commitment, tokens)
            """;

    private final Database database;
    private final Payloads payloads;
    private final NodeRows nodes;
    private final SqlPaths paths;

    @Inject
    SqlMessages(Database database, Payloads payloads, NodeRows nodes, SqlPaths paths) {
        this.database = database;
        this.payloads = payloads;
        this.nodes = nodes;
        this.paths = paths;
    }

    @Override
    public void add(Owner owner, List<Item> items) {
        Item first = items.getFirst();
        UUID conversation = first.conversation().value();
        database.update(
                ADD,
                owner.organization(),
                conversation,
                first.createdAt(),
                Values.uuids(items.stream().map(item -> item.payload().id()).toList()),
                Values.texts(items.stream().map(item -> item.payload().salt().hex()).toList()),
                Values.texts(items.stream().map(item -> payloads.content(item.payload())).toList()),
                conversation,
                owner.organization(),
                first.response() == null ? null : first.response().value(),
                first.createdAt(),
                first.receivedAt(),
                first.sentAt(),
                Values.uuids(items.stream().map(item -> item.id().value()).toList()),
                Values.uuids(parents(items)),
                Values.numbers(items.stream().map(Item::depth).toList()),
                Values.texts(items.stream().map(item -> text(item.role())).toList()),
                Values.texts(items.stream().map(item -> text(item.origin())).toList()),
                Values.texts(
                        items.stream()
                                .map(item -> item.complete() ? "completed" : "incomplete")
                                .toList()),
                Values.uuids(items.stream().map(item -> item.payload().id()).toList()),
                Values.texts(
                        items.stream().map(item -> item.payload().commitment().hex()).toList()),
                Values.numbers(items.stream().map(Item::tokens).toList()));
    }

    private static List<@Nullable UUID> parents(List<Item> items) {
        List<@Nullable UUID> parents = new ArrayList<>(items.size());
        for (Item item : items) {
            parents.add(item.parent() == null ? null : item.parent().value());
        }
        return parents;
    }

    @Override
    public void addAnswer(
            Owner owner, Item answer, List<ItemId> input, @Nullable Instant inputSentAt) {
        add(owner, List.of(answer));
        if (inputSentAt != null) {
            database.update(
                    "UPDATE node SET sent_at = ? WHERE id = ANY (?)", inputSentAt, ids(input));
        }
    }

    @Override
    public void keep(Owner owner, ConversationId conversation, List<Payload> kept, Instant now) {
        if (kept.isEmpty()) {
            return;
        }
        database.update(
                """
                INSERT INTO payload (id, organization_id, conversation_id, salt, content, created_at)
                SELECT p.id, ?, ?, decode(p.salt, 'hex'), p.content::jsonb, ?
                FROM unnest(?::uuid[], ?::text[], ?::text[]) AS p (id, salt, content)
                """,
                owner.organization(),
                conversation.value(),
                now,
                Values.uuids(kept.stream().map(Payload::id).toList()),
                Values.texts(kept.stream().map(payload -> payload.salt().hex()).toList()),
                Values.texts(kept.stream().map(payloads::content).toList()));
    }

    @Override
    public void erase(ConversationId conversation, List<Payload> erased) {
        if (!erased.isEmpty()) {
            database.update(
                    "DELETE FROM payload WHERE conversation_id = ? AND id = ANY (?)",
                    conversation.value(),
                    Values.uuids(erased.stream().map(Payload::id).toList()));
        }
    }

    @Override
    public Optional<Payload> payload(Owner owner, UUID id) {
        return database
                .query(
                        """
                        SELECT p.id AS p_id, p.salt AS p_salt, p.content AS p_content
                        FROM payload p JOIN conversation c ON c.id = p.conversation_id
                        WHERE p.id = ? AND p.organization_id = ? AND c.owner_id = ?
                        """,
                        row -> payloads.read(row, "p_"),
                        id,
                        owner.organization(),
                        owner.subject())
                .stream()
                .findFirst();
    }

    @Override
    public OptionalInt depthOf(ConversationId conversation, ItemId node) {
        return database
                .query(
                        "SELECT depth FROM node WHERE conversation_id = ? AND id = ?",
                        row -> row.getInt("depth"),
                        conversation.value(),
                        node.value())
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    @Override
    public Path path(ConversationId conversation, ItemId leaf, long tokens) {
        return paths.path(conversation, leaf, tokens);
    }

    @Override
    public List<Item> page(
            ConversationId conversation,
            ItemId leaf,
            @Nullable ItemId after,
            boolean ascending,
            int limit) {
        return paths.page(conversation, leaf, after, ascending, limit);
    }

    @Override
    public Optional<Item> find(ConversationId conversation, ItemId id) {
        return database
                .query(
                        NodeRows.ITEM
                                + """
                                FROM node n JOIN payload p ON p.id = n.payload_id
                                WHERE n.conversation_id = ? AND n.id = ?
                                """,
                        nodes::item,
                        conversation.value(),
                        id.value())
                .stream()
                .findFirst();
    }

    @Override
    public Map<ItemId, Item> findAll(Owner owner, Collection<ItemId> wanted) {
        Map<ItemId, Item> found = new HashMap<>();
        database.query(
                        NodeRows.ITEM
                                + """
                                FROM node n JOIN payload p ON p.id = n.payload_id
                                JOIN conversation c ON c.id = n.conversation_id
                                WHERE n.id = ANY (?) AND c.organization_id = ? AND c.owner_id = ?
                                    AND c.deleted_at IS NULL
                                """,
                        nodes::item,
                        ids(wanted),
                        owner.organization(),
                        owner.subject())
                .forEach(item -> found.put(item.id(), item));
        return found;
    }

    @Override
    public void markRefused(List<ItemId> wanted) {
        database.update("UPDATE node SET refused = true WHERE id = ANY (?)", ids(wanted));
    }

    @Override
    public void delete(ConversationId conversation, List<ItemId> wanted, Instant now) {
        database.update(
                """
                WITH erased AS (
                    DELETE FROM payload WHERE id IN
                        (SELECT payload_id FROM node WHERE conversation_id = ? AND id = ANY (?))
                )
                UPDATE node SET deleted_at = ?, payload_id = NULL
                WHERE conversation_id = ? AND id = ANY (?) AND deleted_at IS NULL
                """,
                conversation.value(),
                ids(wanted),
                now,
                conversation.value(),
                ids(wanted));
    }

    @Override
    public void deleteAll(ConversationId conversation, Instant now) {
        database.update(
                """
                WITH erased AS (DELETE FROM payload WHERE conversation_id = ?)
                UPDATE node SET deleted_at = ?, payload_id = NULL
                WHERE conversation_id = ? AND deleted_at IS NULL
                """,
                conversation.value(),
                now,
                conversation.value());
    }

    private static Values ids(Collection<ItemId> ids) {
        return Values.uuids(ids.stream().map(ItemId::value).toList());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
