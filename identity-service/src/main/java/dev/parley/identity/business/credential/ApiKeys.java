package dev.parley.identity.business.credential;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All API keys that are not revoked, unless a method says otherwise. */
public interface ApiKeys {
    /** A key and the roles that its owner has now. */
    record Held(ApiKey key, Set<Role> ownersRoles) {
        public Held {
            ownersRoles = Set.copyOf(ownersRoles);
        }
    }

    /**
     * Where a page of a list stands.
     *
     * @param most how many keys
     * @param ascending oldest first
     * @param after the key that the page follows
     * @param before the key that the page precedes
     */
    record Window(
            int most, boolean ascending, Optional<ApiKeyId> after, Optional<ApiKeyId> before) {}

    /** A page, and whether there is more beyond its far end. */
    record Listed(List<ApiKey> keys, boolean hasMore) {
        public Listed {
            keys = List.copyOf(keys);
        }
    }

    void add(ApiKey key, SecretHash secret);

    /** By its secret, with one look at an index; expired ones too. */
    Optional<Held> find(SecretHash secret);

    /** One that is revoked, for the record of who was refused. */
    Optional<ApiKey> findRevoked(SecretHash secret);

    /** By its id; empty when the organization has no such key, or not any more. */
    Optional<ApiKey> find(OrganizationId organization, ApiKeyId id);

    Listed list(OrganizationId organization, Window window);

    /** Revokes it; empty when the organization has no such key, or not any more. */
    Optional<ApiKey> revoke(OrganizationId organization, ApiKeyId id, Instant now);
}
