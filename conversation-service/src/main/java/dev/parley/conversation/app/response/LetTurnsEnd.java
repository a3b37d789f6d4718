package dev.parley.conversation.app.response;

import dev.parley.conversation.business.response.TurnPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Lets the turns under way end, up to a bound, and then ends the rest with what they said. */
@ApplicationScoped
public class LetTurnsEnd {
    private static final Duration LOOK_EACH = Duration.ofMillis(50);
    private static final Duration FOR_THE_REST = Duration.ofSeconds(5);

    private final RunningTurns running;
    private final TurnPolicy policy;

    @Inject
    LetTurnsEnd(RunningTurns running, TurnPolicy policy) {
        this.running = running;
        this.policy = policy;
    }

    public void handle() {
        running.stop();
        await(policy.drain());
        running.all().forEach(RunningTurn::abandon);
        await(FOR_THE_REST);
    }

    private void await(Duration bound) {
        long giveUp = System.nanoTime() + bound.toNanos();
        try {
            while (running.count() > 0 && System.nanoTime() < giveUp) {
                Thread.sleep(LOOK_EACH);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
