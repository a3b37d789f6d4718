package dev.parley.conversation.app.response;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Takes no more turns, because this replica is about to end. */
@ApplicationScoped
public class RefuseNewTurns {
    private final RunningTurns running;

    @Inject
    RefuseNewTurns(RunningTurns running) {
        this.running = running;
    }

    public void handle() {
        running.stop();
    }
}
