package dev.parley.identity.business.credential;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.account.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A key that speaks for its owner, within its scopes. */
public record ApiKey(
        ApiKeyId id,
        OrganizationId organization,
        UserId owner,
        ApiKeyName name,
        Set<Scope> scopes,
        Instant createdAt,
        Optional<Instant> expiresAt) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(createdAt)) {
            throw new IllegalArgumentException("a key that never lives");
        }
    }

    public boolean isExpired(Instant now) {
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }
}
