package dev.parley.identity.storage.credential;

import dev.parley.identity.business.credential.PasswordHash;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A person's password as it is stored. */
@Entity
@Table(name = "password")
class PasswordRow {
    @Id
    @Column(name = "account_id")
    UUID accountId;

    @Column(name = "organization_id")
    UUID organizationId;

    @Column String hash;

    @Column(name = "changed_at")
    Instant changedAt;

    PasswordHash toDomain() {
        return new PasswordHash(hash);
    }
}
