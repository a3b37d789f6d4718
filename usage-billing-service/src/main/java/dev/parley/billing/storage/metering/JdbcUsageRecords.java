package dev.parley.billing.storage.metering;

import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.ResponseId;
import dev.parley.billing.business.metering.UsageRecord;
import dev.parley.billing.business.metering.UsageRecords;
import dev.parley.billing.storage.quota.DatabaseFailure;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Usage records by plain JDBC: one round trip for a whole batch, and the key refuses repetition.
 */
@ApplicationScoped
class JdbcUsageRecords implements UsageRecords {
    private static final String INSERT =
            """
            insert into usage_record
                (event_id, organization_id, subject, api_key, conversation, response, call,
                 reservation_id, purpose, model, provider, tier, attempt, input_tokens,
                 cached_input_tokens, output_tokens, estimated, finish, reserved_at, started_at,
                 first_token_at, finished_at, received_at, trace)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

    private final AgroalDataSource database;

    @Inject
    JdbcUsageRecords(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public Set<UUID> addNew(List<UsageRecord> records, Instant receivedAt) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (UsageRecord record : records) {
                bind(insert, record, receivedAt);
                insert.addBatch();
            }
            int[] inserted = insert.executeBatch();
            Set<UUID> added = new HashSet<>();
            for (int i = 0; i < inserted.length; i++) {
                if (inserted[i] == 1) {
                    added.add(records.get(i).event());
                }
            }
            return added;
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    private static void bind(PreparedStatement insert, UsageRecord record, Instant receivedAt)
            throws SQLException {
        ApiKeyId key = record.consumer().apiKey();
        ConversationId conversation = record.consumer().conversation();
        ResponseId response = record.response();
        insert.setObject(1, record.event());
        insert.setString(2, record.consumer().organization().value());
        insert.setString(3, record.consumer().subject().value());
        insert.setString(4, key == null ? null : key.value());
        insert.setString(5, conversation == null ? null : conversation.value());
        insert.setString(6, response == null ? null : response.value());
        insert.setString(7, record.call().value());
        insert.setObject(8, record.reservation());
        insert.setString(9, record.purpose());
        insert.setString(10, record.model().value());
        insert.setString(11, record.provider());
        insert.setString(12, record.tier());
        insert.setInt(13, record.attempt());
        insert.setLong(14, record.usage().input());
        insert.setLong(15, record.usage().cachedInput());
        insert.setLong(16, record.usage().output());
        insert.setBoolean(17, record.estimated());
        insert.setString(18, record.finish());
        insert.setObject(19, utc(record.reservedAt()));
        insert.setObject(20, utc(record.startedAt()));
        insert.setObject(21, utc(record.firstTokenAt()));
        insert.setObject(22, utc(record.finishedAt()));
        insert.setObject(23, utc(receivedAt));
        insert.setString(24, record.trace());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
