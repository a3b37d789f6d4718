package dev.parley.identity.storage.credential;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKey;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.CredentialEvents;
import dev.parley.identity.storage.account.IdentityOutbox;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

@ApplicationScoped
class OutboxCredentialEvents implements CredentialEvents {
    private final IdentityOutbox outbox;

    /** Data of {@code api_key_revoked}. */
    @RegisterForReflection
    record ApiKeyRevoked(String apiKey, String organization, String owner, Instant revokedAt) {}

    @Inject
    OutboxCredentialEvents(IdentityOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void apiKeyRevoked(ApiKey key, Instant at) {
        String id = PublicId.format(ApiKeyId.PREFIX, key.id().value());
        outbox.append(
                "api_key_revoked",
                key.organization(),
                id,
                at,
                new ApiKeyRevoked(
                        id,
                        PublicId.format(OrganizationId.PREFIX, key.organization().value()),
                        PublicId.format(UserId.PREFIX, key.owner().value()),
                        at));
    }
}
