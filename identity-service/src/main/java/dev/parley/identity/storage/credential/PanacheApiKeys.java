package dev.parley.identity.storage.credential;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.credential.ApiKey;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ApiKeys;
import dev.parley.identity.business.credential.SecretHash;
import dev.parley.identity.storage.account.Words;
import io.agroal.api.AgroalDataSource;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PanacheApiKeys implements ApiKeys, PanacheRepositoryBase<ApiKeyRow, UUID> {
    private final AgroalDataSource database;

    @Inject
    PanacheApiKeys(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public void add(ApiKey key, SecretHash secret) {
        persist(ApiKeyRow.of(key, secret));
    }

    /** On the path of every client's first call in a minute: one statement, no entity. */
    @Override
    public Optional<Held> find(SecretHash secret) {
        String sql =
                """
                select k.id, k.organization_id, k.account_id, k.name, k.scopes, k.created_at,
                       k.expires_at, a.roles
                from api_key k
                join account a on a.id = k.account_id and a.organization_id = k.organization_id
                where k.secret_hash = ? and k.revoked_at is null
                """;
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, secret.text());
            try (ResultSet found = query.executeQuery()) {
                return found.next()
                        ? Optional.of(
                                new Held(
                                        ApiKeyRow.read(found),
                                        Words.toRoles(found.getString("roles"))))
                        : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("API keys cannot be read", failure);
        }
    }

    @Override
    @ActivateRequestContext
    public Optional<ApiKey> findRevoked(SecretHash secret) {
        return find("secretHash = ?1 and revokedAt is not null", secret.text())
                .firstResultOptional()
                .map(ApiKeyRow::toDomain);
    }

    @Override
    @ActivateRequestContext
    public Optional<ApiKey> find(OrganizationId organization, ApiKeyId id) {
        return find(
                        "organizationId = ?1 and id = ?2 and revokedAt is null",
                        organization.value(),
                        id.value())
                .firstResultOptional()
                .map(ApiKeyRow::toDomain);
    }

    @Override
    @ActivateRequestContext
    public Listed list(OrganizationId organization, Window window) {
        boolean backwards = window.before().isPresent();
        boolean ascending = window.ascending() != backwards;
        StringBuilder condition =
                new StringBuilder("organizationId = :organization and revokedAt is null");
        Parameters parameters = Parameters.with("organization", organization.value());
        window.after()
                .or(window::before)
                .ifPresent(
                        edge -> {
                            condition.append(ascending ? " and id > :edge" : " and id < :edge");
                            parameters.and("edge", edge.value());
                        });
        List<ApiKeyRow> rows =
                find(
                                condition.toString(),
                                ascending ? Sort.ascending("id") : Sort.descending("id"),
                                parameters)
                        .range(0, window.most())
                        .list();
        List<ApiKey> keys = rows.stream().limit(window.most()).map(ApiKeyRow::toDomain).toList();
        return new Listed(backwards ? keys.reversed() : keys, rows.size() > window.most());
    }

    @Override
    public Optional<ApiKey> revoke(OrganizationId organization, ApiKeyId id, Instant now) {
        return getEntityManager()
                .createNativeQuery(
                        """
                        update api_key set revoked_at = :now
                        where organization_id = :organization and id = :id and revoked_at is null
                        returning *
                        """,
                        ApiKeyRow.class)
                .setParameter("now", now)
                .setParameter("organization", organization.value())
                .setParameter("id", id.value())
                .getResultStream()
                .map(row -> ((ApiKeyRow) row).toDomain())
                .findFirst();
    }
}
