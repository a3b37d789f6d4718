package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.KeptTurns;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.Responses.Held;
import dev.parley.conversation.business.response.TurnPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renews the leases of the turns that this replica runs, and stops those that it should. */
@ApplicationScoped
public class KeepLeases {
    /** Most turns are over before their lease needs any care. */
    private static final Duration CARED_FOR_AFTER = Duration.ofMillis(500);

    private static final Duration MARGIN = Duration.ofSeconds(2);

    /**
     * While the database is away nobody can take a turn over; and should only this replica miss it,
     * the epoch keeps out what comes too late.
     */
    private static final Duration WITHOUT_DATABASE = Duration.ofSeconds(20);

    private final Responses responses;
    private final KeptTurns keptTurns;
    private final RunningTurns running;
    private final TurnPolicy policy;

    @Inject
    KeepLeases(Responses responses, KeptTurns keptTurns, RunningTurns running, TurnPolicy policy) {
        this.responses = responses;
        this.keptTurns = keptTurns;
        this.running = running;
        this.policy = policy;
    }

    public void handle() {
        Map<ResponseId, RunningTurn> ours = new HashMap<>();
        List<ResponseId> unstored = new ArrayList<>();
        Instant since = Instant.now().minus(CARED_FOR_AFTER);
        for (RunningTurn turn : running.all()) {
            if (turn.startedAt().isBefore(since)) {
                if (turn.turn().stored()) {
                    ours.put(turn.id(), turn);
                } else if (turn.kept()) {
                    unstored.add(turn.id());
                }
            }
        }
        if (!ours.isEmpty()) {
            renew(ours);
        }
        if (!unstored.isEmpty()) {
            keptTurns.renew(unstored, policy.lease());
        }
    }

    private void renew(Map<ResponseId, RunningTurn> ours) {
        try {
            for (Held held : responses.renew(ours.keySet(), policy.lease())) {
                RunningTurn turn = ours.remove(held.id());
                if (turn != null) {
                    turn.hold(policy.lease().minus(MARGIN));
                    if (held.cancelRequested()) {
                        turn.cancel();
                    }
                }
            }
            ours.values().forEach(RunningTurn::lost);
        } catch (RuntimeException | Error unreachable) {
            ours.values().stream()
                    .filter(turn -> turn.unheldFor(WITHOUT_DATABASE))
                    .forEach(RunningTurn::lost);
            throw unreachable;
        }
    }
}
