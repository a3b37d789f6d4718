package dev.parley.conversation.storage.message;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Item;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Origin;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.message.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code node}, each joined with its {@code payload}, read as items. */
@ApplicationScoped
class NodeRows {
    /** Of a node {@code n} and its payload {@code p}: what {@link #item} reads. */
    static final String ITEM =
            """
            SELECT n.*, p.id AS p_id, p.salt AS p_salt, p.content AS p_content
            """;

    private final Payloads payloads;

    @Inject
    NodeRows(Payloads payloads) {
        this.payloads = payloads;
    }

    /** The row's item, or null when its payload is deleted. */
    @Nullable Item item(ResultSet row) throws SQLException {
        Payload payload = payloads.read(row, "p_");
        if (payload == null) {
            return null;
        }
        UUID parent = row.getObject("parent_id", UUID.class);
        UUID response = row.getObject("response_id", UUID.class);
        return new Item(
                new ItemId(Database.uuid(row, "id")),
                new ConversationId(Database.uuid(row, "conversation_id")),
                parent == null ? null : new ItemId(parent),
                row.getInt("depth"),
                Role.valueOf(name(row, "role")),
                Origin.valueOf(name(row, "origin")),
                row.getString("status").equals("completed"),
                payload,
                row.getInt("tokens"),
                response == null ? null : new ResponseId(response),
                Database.instantOf(row, "created_at"),
                Database.instant(row, "received_at"),
                Database.instant(row, "sent_at"));
    }

    private static String name(ResultSet row, String column) throws SQLException {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }
}
