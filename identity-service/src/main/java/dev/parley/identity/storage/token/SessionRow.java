package dev.parley.identity.storage.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.token.Session;
import dev.parley.identity.business.token.SessionId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session as it is stored. */
@Entity
@Table(name = "session")
class SessionRow {
    @Id UUID id;

    @Column(name = "organization_id")
    UUID organizationId;

    @Column(name = "account_id")
    UUID accountId;

    @Column(name = "client_id")
    String clientId;

    @Column int generation;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "rotated_at")
    Instant rotatedAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable Instant revokedAt;

    static SessionRow of(Session session) {
        SessionRow row = new SessionRow();
        row.id = session.id().value();
        row.organizationId = session.organization().value();
        row.accountId = session.user().value();
        row.clientId = session.client().value();
        row.generation = 1;
        row.startedAt = session.startedAt();
        row.rotatedAt = session.startedAt();
        row.expiresAt = session.expiresAt();
        return row;
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    Session toDomain() {
        return new Session(
                new SessionId(id),
                new UserId(accountId),
                new OrganizationId(organizationId),
                new ClientId(clientId),
                startedAt,
                expiresAt);
    }
}
