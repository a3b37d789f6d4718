package dev.parley.conversation.api.response;

import dev.parley.conversation.app.response.EndAbandonedTurns;
import dev.parley.conversation.app.response.ForgetRepeats;
import dev.parley.conversation.app.response.KeepLeases;
import dev.parley.conversation.app.response.LetTurnsEnd;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** What has to be done about turns from time to time, and at the end of this replica. */
@ApplicationScoped
class TurnSchedule {
    private static final System.Logger LOG = System.getLogger(TurnSchedule.class.getName());

    private final KeepLeases keepLeases;
    private final EndAbandonedTurns endAbandonedTurns;
    private final ForgetRepeats forgetRepeats;
    private final LetTurnsEnd letTurnsEnd;

    @Inject
    TurnSchedule(
            KeepLeases keepLeases,
            EndAbandonedTurns endAbandonedTurns,
            ForgetRepeats forgetRepeats,
            LetTurnsEnd letTurnsEnd) {
        this.keepLeases = keepLeases;
        this.endAbandonedTurns = endAbandonedTurns;
        this.forgetRepeats = forgetRepeats;
        this.letTurnsEnd = letTurnsEnd;
    }

    @Scheduled(
            identity = "keep-leases",
            every = "{parley.turns.lease-check-interval}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void keepLeases() {
        attempt("leases could not be renewed", keepLeases::handle);
    }

    @Scheduled(
            identity = "end-abandoned-turns",
            every = "{parley.turns.sweep-interval}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void endAbandonedTurns() {
        attempt("abandoned turns could not be ended", endAbandonedTurns::handle);
    }

    @Scheduled(identity = "forget-repeats", every = "1m", delayed = "1m")
    @RunOnVirtualThread
    void forgetRepeats() {
        attempt("old keys could not be forgotten", forgetRepeats::handle);
    }

    /** Readiness is off for a while and open streams have ended, or had their time to. */
    void stop(@Observes ShutdownEvent ending) {
        letTurnsEnd.handle();
    }

    /** What fails now is tried again the next time; the log need not hold a stack each second. */
    private static void attempt(String failed, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, () -> failed + ": " + failure);
        }
    }
}
