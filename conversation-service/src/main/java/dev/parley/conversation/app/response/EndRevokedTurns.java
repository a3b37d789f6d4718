package dev.parley.conversation.app.response;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Ends the turns of this replica whose caller's token or key was revoked: their calls of the model
 * are stopped, and what they said is kept and billed.
 */
@ApplicationScoped
public class EndRevokedTurns {
    private final RunningTurns running;

    @Inject
    EndRevokedTurns(RunningTurns running) {
        this.running = running;
    }

    public void handle() {
        running.all().forEach(RunningTurn::endIfRevoked);
    }
}
