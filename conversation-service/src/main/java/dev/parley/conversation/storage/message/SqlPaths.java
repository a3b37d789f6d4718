package dev.parley.conversation.storage.message;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a node up to its root: one recursive query each. */
@ApplicationScoped
class SqlPaths {
    private final Database database;
    private final NodeRows nodes;

    @Inject
    SqlPaths(Database database, NodeRows nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    /** Stops above the node with which {@code tokens} are exceeded. */
    Messages.Path path(ConversationId conversation, ItemId leaf, long tokens) {
        List<Step> steps =
                database.query(
                        """
                        WITH RECURSIVE path AS (
                            SELECT id, parent_id, tokens::bigint AS total
                            FROM node WHERE conversation_id = ? AND id = ?
                            UNION ALL
                            SELECT n.id, n.parent_id, path.total + n.tokens
                            FROM path JOIN node n
                                ON n.conversation_id = ? AND n.id = path.parent_id
                            WHERE path.total <= ?
                        )
                        """
                                + NodeRows.ITEM
                                + """
                                FROM path JOIN node n ON n.id = path.id
                                LEFT JOIN payload p ON p.id = n.payload_id
                                ORDER BY n.depth
                                """,
                        row -> new Step(row.getInt("depth"), nodes.item(row)),
                        conversation.value(),
                        leaf.value(),
                        conversation.value(),
                        tokens);
        return steps.isEmpty()
                ? Messages.Path.NONE
                : new Messages.Path(
                        steps.stream().map(Step::item).filter(Objects::nonNull).toList(),
                        steps.getFirst().depth());
    }

    private record Step(int depth, @Nullable Item item) {}

    /** One page of it, from either end. */
    List<Item> page(
            ConversationId conversation,
            ItemId leaf,
            @Nullable ItemId after,
            boolean ascending,
            int limit) {
        String order = ascending ? "ASC" : "DESC";
        String begin =
                after == null
                        ? "AND ?::uuid IS NULL"
                        : "AND n.depth "
                                + (ascending ? ">" : "<")
                                + " (SELECT a.depth FROM node a JOIN path ON path.id = a.id"
                                + " WHERE a.id = ?)";
        return database.query(
                """
                        WITH RECURSIVE path AS (
                            SELECT id, parent_id FROM node WHERE conversation_id = ? AND id = ?
                            UNION ALL
                            SELECT n.id, n.parent_id
                            FROM path JOIN node n
                                ON n.conversation_id = ? AND n.id = path.parent_id
                        )
                        """
                        + NodeRows.ITEM
                        + """
                                FROM path JOIN node n ON n.id = path.id
                                JOIN payload p ON p.id = n.payload_id
                                WHERE true %s ORDER BY n.depth %s LIMIT ?
                                """
                                .formatted(begin, order),
                nodes::item,
                conversation.value(),
                leaf.value(),
                conversation.value(),
                after == null ? null : after.value(),
                limit);
    }
}
