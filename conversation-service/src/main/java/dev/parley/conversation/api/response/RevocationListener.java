package dev.parley.conversation.api.response;

import dev.parley.conversation.app.response.EndRevokedTurns;
import dev.parley.platform.security.Revocations;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Has the turns of revoked callers ended as soon as a revocation is known. */
@ApplicationScoped
class RevocationListener {
    private final Revocations revocations;
    private final EndRevokedTurns endRevokedTurns;

    @Inject
    RevocationListener(Revocations revocations, EndRevokedTurns endRevokedTurns) {
        this.revocations = revocations;
        this.endRevokedTurns = endRevokedTurns;
    }

    void start(@Observes StartupEvent started) {
        revocations.onChange(endRevokedTurns::handle);
    }
}
