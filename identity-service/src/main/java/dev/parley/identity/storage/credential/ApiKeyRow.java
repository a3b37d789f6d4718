package dev.parley.identity.storage.credential;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKey;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ApiKeyName;
import dev.parley.identity.business.credential.SecretHash;
import dev.parley.identity.storage.account.Words;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An API key as it is stored. */
@Entity
@Table(name = "api_key")
class ApiKeyRow {
    @Id UUID id;

    @Column(name = "organization_id")
    UUID organizationId;

    @Column(name = "account_id")
    UUID accountId;

    @Column String name;

    @Column(name = "secret_hash")
    String secretHash;

    @Column String scopes;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    @Nullable Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable Instant revokedAt;

    static ApiKeyRow of(ApiKey key, SecretHash secret) {
        ApiKeyRow row = new ApiKeyRow();
        row.id = key.id().value();
        row.organizationId = key.organization().value();
        row.accountId = key.owner().value();
        row.name = key.name().value();
        row.secretHash = secret.text();
        row.scopes = Words.ofScopes(key.scopes());
        row.createdAt = key.createdAt();
        row.expiresAt = key.expiresAt().orElse(null);
        return row;
    }

    /** Reads the columns of the same names. */
    static ApiKey read(ResultSet columns) throws SQLException {
        OffsetDateTime expiry = columns.getObject("expires_at", OffsetDateTime.class);
        return new ApiKey(
                new ApiKeyId(columns.getObject("id", UUID.class)),
                new OrganizationId(columns.getObject("organization_id", UUID.class)),
                new UserId(columns.getObject("account_id", UUID.class)),
                new ApiKeyName(columns.getString("name")),
                Words.toScopes(columns.getString("scopes")),
                columns.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(expiry).map(OffsetDateTime::toInstant));
    }

    ApiKey toDomain() {
        return new ApiKey(
                new ApiKeyId(id),
                new OrganizationId(organizationId),
                new UserId(accountId),
                new ApiKeyName(name),
                Words.toScopes(scopes),
                createdAt,
                Optional.ofNullable(expiresAt));
    }
}
