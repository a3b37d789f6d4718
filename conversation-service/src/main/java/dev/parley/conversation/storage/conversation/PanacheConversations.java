package dev.parley.conversation.storage.conversation;

import dev.parley.conversation.business.conversation.Conversation;
import dev.parley.conversation.business.conversation.Conversations;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.storage.message.Database;
import dev.parley.conversation.storage.message.Database.Values;
import dev.parley.conversation.storage.message.Payloads;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in the table {@code conversation}: read through Panache, and by hand where a turn
 * touches them.
 */
@ApplicationScoped
class PanacheConversations implements Conversations, PanacheRepositoryBase<ConversationRow, UUID> {
    private static final String OWNED =
            "organizationId = ?1 and ownerId = ?2 and deletedAt is null";

    private final Database database;
    private final Payloads payloads;
    private final MetadataJson metadata;

    @Inject
    PanacheConversations(Database database, Payloads payloads, MetadataJson metadata) {
        this.database = database;
        this.payloads = payloads;
        this.metadata = metadata;
    }

    @Override
    public void add(Conversation conversation) {
        database.update(
                """
                INSERT INTO conversation (id, organization_id, owner_id, state, listed,
                    title_payload_id, instructions_payload_id, metadata, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?::uuid, ?::uuid, ?::jsonb, ?, ?)
                """,
                conversation.id().value(),
                conversation.owner().organization(),
                conversation.owner().subject(),
                ConversationRow.text(conversation.state()),
                conversation.listed(),
                idOf(conversation.title()),
                idOf(conversation.instructions()),
                metadata.write(conversation.metadata()),
                conversation.createdAt(),
                conversation.updatedAt());
    }

    @Override
    public Optional<Conversation> find(ConversationId id, Owner owner) {
        return domain(
                        find(
                                        OWNED + " and id = ?3",
                                        owner.organization(),
                                        owner.subject(),
                                        id.value())
                                .list())
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Conversation> lock(ConversationId id, Owner owner) {
        return database.first(
                """
                SELECT c.*, t.id AS t_id, t.salt AS t_salt, t.content AS t_content,
                    i.id AS i_id, i.salt AS i_salt, i.content AS i_content
                FROM conversation c
                LEFT JOIN payload t ON t.id = c.title_payload_id
                LEFT JOIN payload i ON i.id = c.instructions_payload_id
                WHERE c.id = ? AND c.organization_id = ? AND c.owner_id = ?
                    AND c.deleted_at IS NULL
                FOR NO KEY UPDATE OF c
                """,
                this::locked,
                id.value(),
                owner.organization(),
                owner.subject());
    }

    private Conversation locked(ResultSet columns) throws SQLException {
        ConversationRow row = new ConversationRow();
        row.id = Database.uuid(columns, "id");
        row.organizationId = columns.getString("organization_id");
        row.ownerId = columns.getString("owner_id");
        row.state = columns.getString("state");
        row.listed = columns.getBoolean("listed");
        row.turns = columns.getInt("turns");
        row.titlePayloadId = columns.getObject("title_payload_id", UUID.class);
        row.instructionsPayloadId = columns.getObject("instructions_payload_id", UUID.class);
        row.metadata = columns.getString("metadata");
        row.headId = columns.getObject("head_id", UUID.class);
        row.version = columns.getLong("version");
        row.createdAt = Database.instantOf(columns, "created_at");
        row.updatedAt = Database.instantOf(columns, "updated_at");
        Map<UUID, Payload> texts = new HashMap<>();
        Stream.of(payloads.read(columns, "t_"), payloads.read(columns, "i_"))
                .filter(Objects::nonNull)
                .forEach(payload -> texts.put(payload.id(), payload));
        return row.toDomain(texts, metadata::read);
    }

    @Override
    public List<Conversation> list(
            Owner owner, @Nullable ConversationId after, boolean ascending, int limit) {
        Sort order =
                Sort.by("id", ascending ? Sort.Direction.Ascending : Sort.Direction.Descending);
        String listed = OWNED + " and listed = true";
        return domain(
                (after == null
                                ? find(listed, order, owner.organization(), owner.subject())
                                : find(
                                        listed + " and id " + (ascending ? ">" : "<") + " ?3",
                                        order,
                                        owner.organization(),
                                        owner.subject(),
                                        after.value()))
                        .page(0, limit)
                        .list());
    }

    private List<Conversation> domain(List<ConversationRow> rows) {
        List<UUID> wanted =
                rows.stream()
                        .flatMap(row -> Stream.of(row.titlePayloadId, row.instructionsPayloadId))
                        .filter(Objects::nonNull)
                        .toList();
        Map<UUID, Payload> texts = new HashMap<>();
        if (!wanted.isEmpty()) {
            database.query(
                            """
                            SELECT id AS p_id, salt AS p_salt, content AS p_content
                            FROM payload WHERE id = ANY (?)
                            """,
                            row -> payloads.read(row, "p_"),
                            Values.uuids(wanted))
                    .forEach(payload -> texts.put(payload.id(), payload));
        }
        return rows.stream().map(row -> row.toDomain(texts, metadata::read)).toList();
    }

    @Override
    public void update(Conversation conversation) {
        database.update(
                """
                UPDATE conversation SET state = ?, listed = ?, title_payload_id = ?::uuid,
                    instructions_payload_id = ?::uuid, metadata = ?::jsonb, version = ?,
                    updated_at = ?
                WHERE id = ?
                """,
                ConversationRow.text(conversation.state()),
                conversation.listed(),
                idOf(conversation.title()),
                idOf(conversation.instructions()),
                metadata.write(conversation.metadata()),
                conversation.version(),
                conversation.updatedAt(),
                conversation.id().value());
    }

    @Override
    public void endTurn(ConversationId id, @Nullable ItemId startedFrom, ItemId next) {
        database.update(
                """
                UPDATE conversation SET turns = turns + 1, listed = listed OR turns >= 1,
                    updated_at = now(),
                    head_id = CASE WHEN head_id IS NOT DISTINCT FROM ?::uuid
                        THEN ?::uuid ELSE head_id END
                WHERE id = ?
                """,
                startedFrom == null ? null : startedFrom.value(),
                next.value(),
                id.value());
    }

    @Override
    public void moveHead(ConversationId id, ItemId next) {
        database.update(
                "UPDATE conversation SET head_id = ?, updated_at = now() WHERE id = ?",
                next.value(),
                id.value());
    }

    @Override
    public void delete(ConversationId id) {
        database.update(
                """
                UPDATE conversation SET deleted_at = now(), title_payload_id = NULL,
                    instructions_payload_id = NULL, metadata = '{}', version = version + 1
                WHERE id = ?
                """,
                id.value());
    }

    private static @Nullable UUID idOf(@Nullable Payload payload) {
        return payload == null ? null : payload.id();
    }
}
