package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.generation.AnswerClaims;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Goes on holding what this replica's open calls have claimed. */
@ApplicationScoped
public class RenewClaims {
    private final OpenGenerations open;
    private final AnswerClaims claims;

    @Inject
    RenewClaims(OpenGenerations open, AnswerClaims claims) {
        this.open = open;
        this.claims = claims;
    }

    /** Does nothing when no open call claimed anything. */
    public Uni<Void> handle() {
        List<CallId> calls = open.claimed();
        return calls.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().completionStage(() -> claims.renew(calls, AnswerOnce.LEASE));
    }
}
