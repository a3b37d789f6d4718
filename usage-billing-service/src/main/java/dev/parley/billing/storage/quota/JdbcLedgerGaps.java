package dev.parley.billing.storage.quota;

import dev.parley.billing.business.quota.LedgerGap;
import dev.parley.billing.business.quota.LedgerGaps;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Counts reservations, each kind over its own partial index. */
@ApplicationScoped
class JdbcLedgerGaps implements LedgerGaps {
    private static final String MEASURE =
            """
            select
                (select count(*) from reservation
                 where state = 'OPEN' and lease_until < ?) as unsettled,
                (select min(lease_until) from reservation where state = 'OPEN') as first_lease,
                (select count(*) from reservation
                 where state = 'ESTIMATED' and reserved_at >= ?) as estimated
            """;

    private final AgroalDataSource database;

    @Inject
    JdbcLedgerGaps(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public LedgerGap at(Instant now, Instant estimatesSince) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(MEASURE)) {
            query.setObject(1, now.atOffset(ZoneOffset.UTC));
            query.setObject(2, estimatesSince.atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long unsettled = row.getLong("unsettled");
                OffsetDateTime firstLease = row.getObject("first_lease", OffsetDateTime.class);
                Duration longest =
                        unsettled == 0
                                ? Duration.ZERO
                                : Duration.between(firstLease.toInstant(), now);
                return new LedgerGap(unsettled, longest, row.getLong("estimated"));
            }
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }
}
