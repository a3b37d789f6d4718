package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.DecidedPolicies;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.OrganizationPolicies;
import dev.parley.identity.business.account.PayloadLogging;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Policies in one table; plain JDBC, which joins the transaction there is. */
@ApplicationScoped
class JdbcDecidedPolicies implements DecidedPolicies {
    private static final String FIND =
            """
            select version, payload_logging, payload_time_to_live_days, changed_at
            from organization_policies where organization_id = ?
            """;
    private static final String REPLACE =
            """
            insert into organization_policies as p (organization_id, version, payload_logging,
                payload_time_to_live_days, changed_at)
            values (?, ?, ?, ?, ?)
            on conflict (organization_id) do update
                set version = excluded.version, payload_logging = excluded.payload_logging,
                    payload_time_to_live_days = excluded.payload_time_to_live_days,
                    changed_at = excluded.changed_at
                where p.version = excluded.version - 1
            """;

    private final AgroalDataSource database;

    @Inject
    JdbcDecidedPolicies(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public Optional<OrganizationPolicies> find(OrganizationId organization) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setObject(1, organization.value());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String logging = row.getString(2);
                return Optional.of(
                        new OrganizationPolicies(
                                organization,
                                row.getLong(1),
                                PayloadLogging.parse(logging)
                                        .orElseThrow(() -> new IllegalStateException(logging)),
                                row.getInt(3),
                                Optional.of(row.getObject(4, OffsetDateTime.class).toInstant())));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("policies cannot be read", failure);
        }
    }

    @Override
    public boolean replace(OrganizationPolicies next) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(REPLACE)) {
            statement.setObject(1, next.organization().value());
            statement.setLong(2, next.version());
            statement.setString(3, next.payloadLogging().text());
            statement.setInt(4, next.payloadDays());
            Instant changedAt = next.changedAt().orElseThrow();
            statement.setObject(5, changedAt.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate() == 1;
        } catch (SQLException failure) {
            throw new IllegalStateException("policies cannot be stored", failure);
        }
    }
}
