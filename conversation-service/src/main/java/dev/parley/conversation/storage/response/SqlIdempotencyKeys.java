package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.response.IdempotencyKeys;
import dev.parley.conversation.business.response.RequestHash;
import dev.parley.conversation.storage.message.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Keys in the table {@code idempotency_key}; claiming waits for a claim that is not decided. */
@ApplicationScoped
class SqlIdempotencyKeys implements IdempotencyKeys {
    private static final int ATTEMPTS = 5;

    private final Database database;

    @Inject
    SqlIdempotencyKeys(Database database) {
        this.database = database;
    }

    @Override
    public Claim claim(
            Owner owner,
            String key,
            RequestHash request,
            UUID resource,
            Instant now,
            Instant expiry) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int claimed =
                    database.update(
                            """
                            INSERT INTO idempotency_key
                                (organization_id, owner_id, key, request_hash, resource_id, created_at)
                            VALUES (?, ?, ?, decode(?, 'hex'), ?, ?)
                            ON CONFLICT (organization_id, owner_id, key) DO UPDATE SET
                                request_hash = excluded.request_hash,
                                resource_id = excluded.resource_id,
                                created_at = excluded.created_at
                            WHERE idempotency_key.created_at < ?
                            """,
                            owner.organization(),
                            owner.subject(),
                            key,
                            request.hex(),
                            resource,
                            now,
                            expiry);
            if (claimed == 1) {
                return new Claim.First();
            }
            Optional<Claim.Repeated> first =
                    database.first(
                            """
                            SELECT request_hash, resource_id FROM idempotency_key
                            WHERE organization_id = ? AND owner_id = ? AND key = ?
                            """,
                            row ->
                                    new Claim.Repeated(
                                            new RequestHash(
                                                    HexFormat.of()
                                                            .formatHex(
                                                                    row.getBytes("request_hash"))),
                                            Database.uuid(row, "resource_id")),
                            owner.organization(),
                            owner.subject(),
                            key);
            if (first.isPresent()) {
                return first.get();
            }
        }
        throw new IllegalStateException("the key is claimed and freed all the time");
    }

    @Override
    public void free(UUID resource) {
        database.update("DELETE FROM idempotency_key WHERE resource_id = ?", resource);
    }

    @Override
    public void forget(Instant expiry) {
        database.update("DELETE FROM idempotency_key WHERE created_at < ?", expiry);
    }
}
