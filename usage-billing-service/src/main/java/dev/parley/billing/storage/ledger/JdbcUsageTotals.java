package dev.parley.billing.storage.ledger;

import dev.parley.billing.business.ledger.Dimension;
import dev.parley.billing.business.ledger.LedgerEntry;
import dev.parley.billing.business.ledger.Movement;
import dev.parley.billing.business.ledger.UsageTotal;
import dev.parley.billing.business.ledger.UsageTotals;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.pricing.Money;
import dev.parley.billing.storage.quota.DatabaseFailure;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums per day, moved by plain JDBC in the order of their keys. */
@ApplicationScoped
class JdbcUsageTotals implements UsageTotals {
    private static final String ADD =
            """
            insert into usage_total
                (organization_id, dimension, key, subject, day, currency, requests, input_tokens,
                 cached_input_tokens, output_tokens, cost_micros)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (organization_id, dimension, key, subject, day, currency) do update
            set requests = usage_total.requests + excluded.requests,
                input_tokens = usage_total.input_tokens + excluded.input_tokens,
                cached_input_tokens =
                    usage_total.cached_input_tokens + excluded.cached_input_tokens,
                output_tokens = usage_total.output_tokens + excluded.output_tokens,
                cost_micros = usage_total.cost_micros + excluded.cost_micros
            """;
    private static final String SUM =
            """
            select case when ? then subject else key end as name, currency,
                   sum(requests), sum(input_tokens), sum(cached_input_tokens), sum(output_tokens),
                   sum(cost_micros)
            from usage_total
            where organization_id = ? and dimension = ? and day >= ?
              and (?::text is null or subject = ?)
            group by name, currency
            order by name, currency
            """;

    private final AgroalDataSource database;

    private record Key(
            String organization,
            Dimension dimension,
            String key,
            String subject,
            LocalDate day,
            String currency)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::organization)
                        .thenComparing(Key::dimension)
                        .thenComparing(Key::key)
                        .thenComparing(Key::subject)
                        .thenComparing(Key::day)
                        .thenComparing(Key::currency);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    @Inject
    JdbcUsageTotals(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public void add(List<LedgerEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Map<Key, Movement> moved = new TreeMap<>();
        for (LedgerEntry entry : entries) {
            for (Key key : keysOf(entry)) {
                moved.merge(key, entry.movement(), Movement::plus);
            }
        }
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement(ADD)) {
            for (Map.Entry<Key, Movement> one : moved.entrySet()) {
                bind(upsert, one.getKey(), one.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    @Override
    public List<UsageTotal> sum(
            OrganizationId organization,
            @Nullable SubjectId subject,
            Dimension by,
            LocalDate firstDay) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(SUM)) {
            Dimension stored = by == Dimension.USER ? Dimension.MODEL : by;
            query.setBoolean(1, by == Dimension.USER);
            query.setString(2, organization.value());
            query.setString(3, stored.name());
            query.setObject(4, firstDay);
            query.setString(5, subject == null ? null : subject.value());
            query.setString(6, subject == null ? null : subject.value());
            List<UsageTotal> totals = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    totals.add(new UsageTotal(row.getString(1), movement(row)));
                }
            }
            return totals;
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    /**
     * Whoever adds waits until the transaction ends, so that no entry is counted twice or never.
     */
    @Override
    public void clear() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("lock table usage_total in exclusive mode");
            statement.execute("delete from usage_total");
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    private static List<Key> keysOf(LedgerEntry entry) {
        List<Key> keys = new ArrayList<>();
        keys.add(key(entry, Dimension.MODEL, entry.model().value()));
        ApiKeyId apiKey = entry.consumer().apiKey();
        if (apiKey != null) {
            keys.add(key(entry, Dimension.API_KEY, apiKey.value()));
        }
        ConversationId conversation = entry.consumer().conversation();
        if (conversation != null) {
            keys.add(key(entry, Dimension.CONVERSATION, conversation.value()));
        }
        return keys;
    }

    private static Key key(LedgerEntry entry, Dimension dimension, String value) {
        return new Key(
                entry.consumer().organization().value(),
                dimension,
                value,
                entry.consumer().subject().value(),
                LocalDate.ofInstant(entry.occurredAt(), ZoneOffset.UTC),
                entry.movement().cost().currency().getCurrencyCode());
    }

    private static void bind(PreparedStatement upsert, Key key, Movement movement)
            throws SQLException {
        upsert.setString(1, key.organization());
        upsert.setString(2, key.dimension().name());
        upsert.setString(3, key.key());
        upsert.setString(4, key.subject());
        upsert.setObject(5, key.day());
        upsert.setString(6, key.currency());
        upsert.setLong(7, movement.requests());
        upsert.setLong(8, movement.inputTokens());
        upsert.setLong(9, movement.cachedInputTokens());
        upsert.setLong(10, movement.outputTokens());
        upsert.setLong(11, movement.cost().microUnits());
    }

    private static Movement movement(ResultSet row) throws SQLException {
        return new Movement(
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                new Money(row.getLong(7), Currency.getInstance(row.getString(2))));
    }
}
