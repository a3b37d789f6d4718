package dev.parley.gateway.storage.admission;

import dev.parley.gateway.app.generation.CallRequester;
import dev.parley.gateway.business.admission.Requester;
import dev.parley.gateway.business.admission.RevokedRequesters;
import dev.parley.platform.security.Revocations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What the issuer's change feed told of callers. */
@ApplicationScoped
class RevokedCallers implements RevokedRequesters {
    private final Revocations revocations;

    @Inject
    RevokedCallers(Revocations revocations) {
        this.revocations = revocations;
    }

    @Override
    public boolean covers(Requester requester) {
        return requester instanceof CallRequester calling && revocations.covers(calling.caller());
    }
}
