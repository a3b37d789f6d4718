package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.FinishReason;
import dev.parley.conversation.business.response.Generations.Admission;
import dev.parley.conversation.business.response.Generations.Ending;
import dev.parley.conversation.business.response.Generations.Generation;
import dev.parley.conversation.business.response.Generations.Listener;
import dev.parley.conversation.business.response.ReplayLog;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TokenUsage;
import dev.parley.conversation.business.response.TurnProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A turn that this replica runs. Between its start and its end it only gathers and shows; all that
 * it may show is committed, or, when nothing is to be kept, arrived.
 */
final class RunningTurn implements TurnProgress, Listener {
    /** What the gateway said first. */
    sealed interface Gate {
        record Open(Admission admission) implements Gate {}

        record Shut(AdmissionRefusal refusal) implements Gate {}
    }

    /** How a turn comes to its end. */
    sealed interface Finish {
        record Ended(FinishReason reason, @Nullable TokenUsage usage, @Nullable Failure failure)
                implements Finish {}

        record Refused(AdmissionRefusal refusal) implements Finish {}

        /** Someone else ended it, or deleted it. */
        record Lost() implements Finish {}
    }

    private final Response turn;
    private final boolean kept;
    private final long inputTokens;
    private final GroupCommit log;
    private final TurnEndings endings;
    private final Instant startedAt;
    private final BooleanSupplier callerIsRevoked;
    private final CompletableFuture<Gate> gate = new CompletableFuture<>();
    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
    private final List<String> said = new ArrayList<>();
    private int shown;
    private boolean committing;
    private boolean ending;
    private @Nullable Instant firstSaidAt;
    private @Nullable Generation generation;
    private @Nullable Finish finish;
    private @Nullable Response ended;
    private List<String> endedDeltas = List.of();
    private volatile long heldUntilNanos;

    RunningTurn(
            Response turn,
            boolean kept,
            long inputTokens,
            GroupCommit log,
            TurnEndings endings,
            Instant startedAt,
            Duration held,
            BooleanSupplier callerIsRevoked) {
        this.turn = turn;
        this.kept = kept;
        this.inputTokens = inputTokens;
        this.log = log;
        this.endings = endings;
        this.startedAt = startedAt;
        this.callerIsRevoked = callerIsRevoked;
        hold(held);
    }

    Response turn() {
        return turn;
    }

    /** Whether its answer is for whoever asks again, though it is not stored. */
    boolean kept() {
        return kept;
    }

    ResponseId id() {
        return turn.id();
    }

    Instant startedAt() {
        return startedAt;
    }

    /** When its input was sent to the model; null if it was not let through. */
    @Nullable Instant sentAt() {
        return gate.getNow(null) instanceof Gate.Open ? startedAt : null;
    }

    /** What the model takes in, by our own estimate. */
    long inputTokens() {
        return inputTokens;
    }

    CompletableFuture<Gate> gate() {
        return gate;
    }

    /** The state of the limits that governed it, once it was admitted. */
    Map<String, String> limits() {
        return gate.getNow(null) instanceof Gate.Open open ? open.admission().limits() : Map.of();
    }

    /** The lease was renewed and lasts this long from now. */
    void hold(Duration lease) {
        heldUntilNanos = System.nanoTime() + lease.toNanos();
    }

    /** Whether its lease could not be renewed, and ended at least this long ago. */
    boolean unheldFor(Duration time) {
        return System.nanoTime() - heldUntilNanos > time.toNanos();
    }

    void started(Generation call) {
        boolean late;
        synchronized (this) {
            generation = call;
            late = finish != null;
        }
        if (late) {
            call.cancel();
        }
    }

    @Override
    public void admitted(Admission admission) {
        gate.complete(new Gate.Open(admission));
    }

    @Override
    public void refused(AdmissionRefusal refusal) {
        finish(new Finish.Refused(refusal));
    }

    @Override
    public void said(List<String> deltas) {
        boolean first;
        synchronized (this) {
            if (finish != null) {
                return;
            }
            first = said.isEmpty();
            if (first) {
                firstSaidAt = Moments.now();
            }
            said.addAll(deltas);
            if (!turn.stored()) {
                shown = said.size();
            }
        }
        if (turn.stored()) {
            log.offer(this, first);
        } else {
            signal();
        }
    }

    @Override
    public void ended(Ending ending) {
        finish(
                switch (ending) {
                    case Ending.Finished end -> new Finish.Ended(end.reason(), end.usage(), null);
                    case Ending.Failed end ->
                            new Finish.Ended(
                                    FinishReason.UPSTREAM_FAILED, end.usage(), end.failure());
                });
    }

    /** Stops it; what it said is kept. */
    public void cancel() {
        finish(new Finish.Ended(FinishReason.CANCELLED, null, null));
    }

    /** Ends it if whoever asked for it is not good any more; what it said is kept. */
    void endIfRevoked() {
        if (callerIsRevoked.getAsBoolean()) {
            finish(new Finish.Ended(FinishReason.CALLER_REVOKED, null, Failure.CALLER_REVOKED));
        }
    }

    /** Ends it because this replica does. */
    void abandon() {
        finish(new Finish.Ended(FinishReason.ABANDONED, null, Failure.ABANDONED));
    }

    /** It is not this replica's any more. */
    void lost() {
        finish(new Finish.Lost());
    }

    private void finish(Finish how) {
        Generation call;
        synchronized (this) {
            if (finish != null) {
                return;
            }
            finish = how;
            call = generation;
        }
        if (call != null) {
            call.cancel();
        }
        endIfReady();
    }

    /** Ends it once its end is known and nothing of it is on its way to the log. */
    private void endIfReady() {
        synchronized (this) {
            if (finish == null || committing || ending) {
                return;
            }
            ending = true;
        }
        endings.end(this);
    }

    /** What the log has to take next; null when it has to take nothing now. */
    ReplayLog.@Nullable Entry toCommit() {
        synchronized (this) {
            if (finish != null || committing || shown == said.size()) {
                return null;
            }
            committing = true;
            return new ReplayLog.Entry(
                    turn.id(), turn.epoch(), shown, said.subList(shown, said.size()));
        }
    }

    void committed(int deltas) {
        synchronized (this) {
            committing = false;
            shown += deltas;
        }
        signal();
        endIfReady();
    }

    /** The log did not take it because the turn is not ours any more. */
    void fenced() {
        synchronized (this) {
            committing = false;
        }
        finish(new Finish.Lost());
        endIfReady();
    }

    /** The log could not be reached. */
    void notCommitted() {
        synchronized (this) {
            committing = false;
        }
        endIfReady();
        log.offer(this, false);
    }

    /** How it ends, once nothing is on its way to the log. */
    synchronized Finish finish() {
        if (finish == null) {
            throw new IllegalStateException("it runs");
        }
        return finish;
    }

    synchronized List<String> everythingSaid() {
        return List.copyOf(said);
    }

    /** What its watchers may have seen. */
    synchronized List<String> everythingShown() {
        return List.copyOf(said.subList(0, shown));
    }

    synchronized @Nullable Duration firstToken() {
        return firstSaidAt == null ? null : Duration.between(turn.createdAt(), firstSaidAt);
    }

    /** The last thing that happens to it. */
    void close(Response how) {
        close(
                how,
                finish() instanceof Finish.Refused refused
                        ? new Gate.Shut(refused.refusal())
                        : openedByItsEnd());
    }

    /** The last thing that happens to it when its end cannot be recorded, be it a refusal. */
    void closeUnrecorded(Response how) {
        close(
                how,
                finish() instanceof Finish.Refused
                        ? new Gate.Shut(AdmissionRefusal.NOT_RECORDED)
                        : openedByItsEnd());
    }

    /** Ended before it was admitted: cancelled, or lost. */
    private Gate openedByItsEnd() {
        return new Gate.Open(new Admission(turn.settings().model(), 0, Map.of()));
    }

    private void close(Response how, Gate unlessAdmitted) {
        synchronized (this) {
            endedDeltas = how.end() == null ? List.of() : how.end().deltas();
            ended = how;
        }
        gate.complete(unlessAdmitted);
        signal();
    }

    private void signal() {
        watchers.forEach(Runnable::run);
    }

    @Override
    public synchronized Reading read(int seen) {
        List<String> visible = ended == null ? said.subList(0, shown) : endedDeltas;
        int from = Math.min(seen, visible.size());
        return new Reading(List.copyOf(visible.subList(from, visible.size())), ended);
    }

    @Override
    public Watch watch(Runnable change) {
        watchers.add(change);
        return () -> watchers.remove(change);
    }
}
