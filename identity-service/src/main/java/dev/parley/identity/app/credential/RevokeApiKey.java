package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.ApiKey;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ApiKeys;
import dev.parley.identity.business.credential.CredentialEvents;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.Revocations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ends an API key; every replica of every service knows within two seconds. */
@ApplicationScoped
public class RevokeApiKey {
    /** What became of it. */
    public sealed interface Outcome {
        record Revoked(ApiKeyId id) implements Outcome {}

        record NotFound() implements Outcome {}

        record NotAllowed() implements Outcome {}
    }

    private final ApiKeys keys;
    private final Revocations revocations;
    private final CredentialEvents events;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    RevokeApiKey(
            ApiKeys keys,
            Revocations revocations,
            CredentialEvents events,
            AuditTrail audit,
            Clock clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Outcome handle(Actor actor, ApiKeyId id) {
        if (!actor.may(Scope.KEYS_MANAGE)) {
            return new Outcome.NotAllowed();
        }
        Instant now = clock.instant();
        Optional<ApiKey> revoked = keys.revoke(actor.organization(), id, now);
        if (revoked.isEmpty()) {
            return new Outcome.NotFound();
        }
        events.apiKeyRevoked(revoked.get(), now);
        audit.record(
                new AuditTrail.Deed.ApiKeyRevoked(
                        new AuditTrail.Member(actor.organization(), actor.id()), id));
        revocations.append(List.of(new Revocation.OfKey(id)), now);
        return new Outcome.Revoked(id);
    }
}
