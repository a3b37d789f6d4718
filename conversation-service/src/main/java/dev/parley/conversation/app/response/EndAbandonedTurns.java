package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.ReplayLog;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.Responses.Abandoned;
import dev.parley.conversation.business.response.TurnPolicy;
import dev.parley.conversation.business.response.TurnTraces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/**
 * Ends the turns of replicas that are gone, with what they had said; and erases what a replica had
 * on its way to the log when its turn was ended or deleted elsewhere.
 */
@ApplicationScoped
public class EndAbandonedTurns {
    private static final int AT_ONCE = 50;

    private final Responses responses;
    private final ReplayLog log;
    private final FinishTurn finishTurn;
    private final TurnEndings endings;
    private final TurnPolicy policy;
    private final TurnTraces traces;

    @Inject
    EndAbandonedTurns(
            Responses responses,
            ReplayLog log,
            FinishTurn finishTurn,
            TurnEndings endings,
            TurnPolicy policy,
            TurnTraces traces) {
        this.responses = responses;
        this.log = log;
        this.finishTurn = finishTurn;
        this.endings = endings;
        this.policy = policy;
        this.traces = traces;
    }

    /** How many were ended. */
    public int handle() {
        log.forgetEnded();
        int ended = 0;
        while (true) {
            List<Abandoned> taken = responses.takeAbandoned(policy.lease(), AT_ONCE);
            for (Abandoned abandoned : taken) {
                traces.within(abandoned.turn(), () -> end(abandoned));
                ended++;
            }
            if (taken.size() < AT_ONCE) {
                return ended;
            }
        }
    }

    private void end(Abandoned abandoned) {
        Response turn = abandoned.turn();
        ResponseId id = turn.id();
        List<String> said = log.after(Map.of(id, 0)).getOrDefault(id, List.of());
        finishTurn.handle(
                turn.ended(endings.endAbandoned(abandoned.cancelRequested(), said)), null);
    }
}
