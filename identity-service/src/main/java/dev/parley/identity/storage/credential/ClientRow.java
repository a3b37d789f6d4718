package dev.parley.identity.storage.credential;

import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.SecretHash;
import dev.parley.identity.business.credential.ServiceAccountId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A confidential client as it is stored. */
@Entity
@Table(name = "client")
class ClientRow {
    @Id String id;

    @Column(name = "organization_id")
    UUID organizationId;

    @Column String kind;

    @Column(name = "subject_id")
    UUID subjectId;

    @Column(name = "secret_hash")
    String secretHash;

    @Column(name = "updated_at")
    Instant updatedAt;

    Client toDomain() {
        ClientId client = new ClientId(id);
        SecretHash secret = new SecretHash(secretHash);
        return switch (kind) {
            case "service" -> new Client.Service(client, secret);
            case "operator" -> new Client.Operator(client, new ServiceAccountId(subjectId), secret);
            default -> throw new IllegalStateException("unknown kind of client: " + kind);
        };
    }
}
