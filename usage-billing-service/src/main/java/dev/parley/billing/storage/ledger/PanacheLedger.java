package dev.parley.billing.storage.ledger;

import dev.parley.billing.business.ledger.EntryId;
import dev.parley.billing.business.ledger.Ledger;
import dev.parley.billing.business.ledger.LedgerEntry;
import dev.parley.billing.business.ledger.Movement;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.storage.quota.DatabaseFailure;
import io.agroal.api.AgroalDataSource;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger: appended to in batches by plain JDBC, read by Panache. */
@ApplicationScoped
class PanacheLedger implements Ledger, PanacheRepositoryBase<LedgerEntryRow, UUID> {
    private static final String APPEND =
            """
            insert into ledger_entry
                (id, kind, organization_id, subject, api_key, conversation, call, reservation_id,
                 event_id, reverses, model, requests, input_tokens, cached_input_tokens,
                 output_tokens, estimated, priced_model, price_version, cost_micros, currency,
                 occurred_at, recorded_at, trace)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final AgroalDataSource database;

    @Inject
    PanacheLedger(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public void append(List<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(APPEND)) {
            for (LedgerEntry entry : entries) {
                bind(insert, entry);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public List<LedgerEntry> find(Collection<EntryId> ids) {
        return ids.isEmpty()
                ? List.of()
                : list("id in ?1", ids.stream().map(EntryId::value).toList()).stream()
                        .map(LedgerEntryRow::toDomain)
                        .toList();
    }

    @Override
    public List<LedgerEntry> after(@Nullable EntryId after, int limit) {
        PanacheQuery<LedgerEntryRow> entries =
                after == null ? find("order by id") : find("id > ?1 order by id", after.value());
        return entries.range(0, limit - 1).stream().map(LedgerEntryRow::toDomain).toList();
    }

    private static void bind(PreparedStatement insert, LedgerEntry entry) throws SQLException {
        ApiKeyId key = entry.consumer().apiKey();
        ConversationId conversation = entry.consumer().conversation();
        EntryId reverses = entry.reverses();
        Movement movement = entry.movement();
        insert.setObject(1, entry.id().value());
        insert.setString(2, entry.kind().name());
        insert.setString(3, entry.consumer().organization().value());
        insert.setString(4, entry.consumer().subject().value());
        insert.setString(5, key == null ? null : key.value());
        insert.setString(6, conversation == null ? null : conversation.value());
        insert.setString(7, entry.call().value());
        insert.setObject(8, entry.reservation());
        insert.setObject(9, entry.event(), java.sql.Types.OTHER);
        insert.setObject(10, reverses == null ? null : reverses.value(), java.sql.Types.OTHER);
        insert.setString(11, entry.model().value());
        insert.setLong(12, movement.requests());
        insert.setLong(13, movement.inputTokens());
        insert.setLong(14, movement.cachedInputTokens());
        insert.setLong(15, movement.outputTokens());
        insert.setBoolean(16, entry.estimated());
        insert.setString(17, entry.priced().value());
        insert.setInt(18, entry.priceVersion());
        insert.setLong(19, movement.cost().microUnits());
        insert.setString(20, movement.cost().currency().getCurrencyCode());
        insert.setObject(21, entry.occurredAt().atOffset(ZoneOffset.UTC));
        insert.setObject(22, entry.recordedAt().atOffset(ZoneOffset.UTC));
        insert.setString(23, entry.trace());
    }
}
