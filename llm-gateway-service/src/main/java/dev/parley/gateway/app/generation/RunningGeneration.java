package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.Admission;
import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.admission.Progress;
import dev.parley.gateway.business.admission.Purpose;
import dev.parley.gateway.business.admission.Reservation;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.Failure;
import dev.parley.gateway.business.generation.FinishReason;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.gateway.business.generation.GenerationPolicy;
import dev.parley.gateway.business.generation.OutputScreening;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.gateway.business.model.Tokens;
import dev.parley.gateway.business.provider.ProviderEvent;
import dev.parley.gateway.business.provider.ProviderFailure;
import dev.parley.gateway.business.provider.ProviderRequest;
import dev.parley.gateway.business.provider.Reaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call from its first attempt to its usage record. Whatever happens to it happens
 * under its lock, and it ends exactly once: what was used is committed first, then the caller is
 * told.
 */
public final class RunningGeneration implements ScreenedOutput.Listener {
    private static final System.Logger LOG = System.getLogger(RunningGeneration.class.getName());

    private final GenerateText.Command command;
    private final ProviderRequest request;
    private final Admission.Admitted admitted;
    private final Neighbours neighbours;
    private final GenerationPolicy policy;
    private final Tally tally;
    private final ScreenedOutput output;
    private final CallEnd end;

    private @Nullable CallRecorder recorder;
    private @Nullable MultiEmitter<? super GenerationEvent> caller;
    private Flow.@Nullable Subscription upstream;
    private int attempt;
    private boolean over;

    RunningGeneration(
            GenerateText.Command command,
            ProviderRequest request,
            Tokens inputAtLeast,
            Admission.Admitted admitted,
            Neighbours neighbours,
            GenerationPolicy policy,
            Clock clock) {
        this.command = command;
        this.request = request;
        this.admitted = admitted;
        this.neighbours = neighbours;
        this.policy = policy;
        this.tally = new Tally(admitted.reservation(), inputAtLeast, clock);
        this.end =
                new CallEnd(
                        command, request.model(), admitted.reservation().id(), tally, neighbours);
        this.output =
                new ScreenedOutput(neighbours.checks(), command.call(), admitted.failOpen(), this);
    }

    /** The reservation that it runs on. */
    public Reservation reservation() {
        return admitted.reservation();
    }

    CallId id() {
        return command.call().id();
    }

    boolean isClaimed() {
        return end.isClaimed();
    }

    /** Which model runs. */
    public ModelId model() {
        return request.model().id();
    }

    /** Who runs the model. */
    public String provider() {
        return neighbours.provider().name();
    }

    /** How often the provider was asked so far. */
    public synchronized int attempts() {
        return attempt;
    }

    /** How long its caller may leave unread what it is sent. */
    public Duration longestUnread() {
        return policy.longestUnread();
    }

    /** Its events; the one subscription begins the call, and cancelling it cuts the call. */
    public Multi<GenerationEvent> events() {
        Multi<GenerationEvent> events =
                Multi.createFrom()
                        .<GenerationEvent>emitter(this::begin, BackPressureStrategy.BUFFER);
        return recorder == null ? events : recorder.listenTo(events);
    }

    /** What it says is to be kept, too; before anyone subscribes. */
    void recordedBy(CallRecorder other) {
        recorder = other;
    }

    private synchronized void begin(MultiEmitter<? super GenerationEvent> emitter) {
        caller = emitter;
        neighbours.open().add(this);
        emitter.onTermination(
                () -> {
                    if (emitter.isCancelled()) {
                        abandon();
                    }
                });
        tally.start();
        // After it is added: a call that does not see the stop yet is found by it.
        if (neighbours.open().isStopped()) {
            fail(Failure.UPSTREAM_ERROR, false);
        } else {
            ask();
        }
    }

    private synchronized void ask() {
        if (over) {
            return;
        }
        attempt++;
        tally.asked();
        neighbours.provider().generate(request).subscribe(new ProviderAttempt(this, attempt));
    }

    synchronized void onSubscribed(int number, Flow.Subscription subscription) {
        if (over || number != attempt) {
            subscription.cancel();
        } else {
            upstream = subscription;
        }
    }

    synchronized void onEvent(int number, ProviderEvent event) {
        if (isDeafTo(number)) {
            return;
        }
        switch (event) {
            case ProviderEvent.Text piece -> {
                tally.received();
                output.append(piece.text());
                if (command.screening() == OutputScreening.AS_IT_COMES) {
                    output.check();
                }
            }
            case ProviderEvent.End last -> {
                tally.ended(last);
                output.complete();
            }
        }
    }

    synchronized void onFailure(int number, ProviderFailure failure) {
        if (isDeafTo(number)) {
            return;
        }
        LOG.log(
                Level.WARNING,
                "attempt {0} of {1} failed: {2} {3}",
                attempt,
                id().value(),
                failure.kind(),
                failure.getMessage());
        switch (Reaction.to(failure.kind(), attempt, !tally.isEmpty(), policy)) {
            case Reaction.Retry retry ->
                    CompletableFuture.delayedExecutor(
                                    retry.pause().toMillis(), TimeUnit.MILLISECONDS)
                            .execute(this::ask);
            case Reaction.GiveUp up -> fail(up.failure(), up.reached());
        }
    }

    private boolean isDeafTo(int number) {
        return over || number != attempt || tally.isEnded();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void onReleased(String shown) {
        end.shown(shown);
        if (caller != null) {
            caller.emit(new GenerationEvent.Delta(shown));
        }
    }

    @Override
    public void onBlocked() {
        finish(FinishReason.CONTENT_FILTER);
    }

    @Override
    public void onUncheckable() {
        cut(Failure.CHECK_UNAVAILABLE);
    }

    @Override
    public void onAllReleased() {
        ProviderEvent.End last = tally.end();
        if (last != null) {
            finish(last.reason());
        }
    }

    private void finish(FinishReason reason) {
        TokenUsage usage = tally.usage();
        close(end.answered(reason, usage, attempt), new GenerationEvent.Finished(reason, usage));
    }

    /** We end it, not the provider. */
    private void cut(Failure why) {
        TokenUsage usage = tally.usage();
        close(end.broken(Ending.CANCELLED, usage, attempt), new GenerationEvent.Failed(why, usage));
    }

    private void fail(Failure failure, boolean reached) {
        if (over) {
            return;
        }
        if (reached) {
            TokenUsage usage = tally.usage();
            close(
                    end.broken(Ending.UPSTREAM_FAILED, usage, attempt),
                    new GenerationEvent.Failed(failure, usage));
            return;
        }
        over = true;
        stopUpstream();
        neighbours.open().remove(this);
        end.unused(failure, attempt);
        tell(new GenerationEvent.Failed(failure, TokenUsage.counted(Tokens.NONE, Tokens.NONE)));
    }

    /** The caller is gone. */
    private synchronized void abandon() {
        if (!over) {
            close(end.broken(command.whenAbandoned(), tally.usage(), attempt), null);
        }
    }

    /** This replica stops. */
    synchronized void stop() {
        if (!over) {
            cut(Failure.UPSTREAM_ERROR);
        }
    }

    /** Ends it when its provider has taken too long, or its caller is no longer good. */
    synchronized void expire(long nowNanos) {
        if (over) {
            return;
        }
        if (command.call().purpose() == Purpose.CHAT
                && neighbours.revoked().covers(command.call().requester())) {
            cut(Failure.CALLER_REVOKED);
            return;
        }
        if (tally.isOverdue(policy, nowNanos)) {
            // A provider that gave no sign of life has produced nothing that could be billed.
            fail(Failure.UPSTREAM_TIMEOUT, !tally.isEmpty());
        }
    }

    synchronized Progress progress() {
        TokenUsage usage = tally.usage();
        return new Progress(reservation().id(), attempt > 0, usage.input(), usage.output());
    }

    private void close(CompletionStage<Void> recorded, @Nullable GenerationEvent last) {
        over = true;
        stopUpstream();
        recorded.whenComplete(
                (committed, delayed) -> {
                    neighbours.open().remove(this);
                    if (last != null) {
                        tell(last);
                    }
                });
    }

    private void tell(GenerationEvent last) {
        MultiEmitter<? super GenerationEvent> listening = caller;
        if (listening != null) {
            listening.emit(last);
            listening.complete();
        }
    }

    private void stopUpstream() {
        Flow.Subscription running = upstream;
        upstream = null;
        if (running != null && !tally.isEnded()) {
            running.cancel();
        }
    }
}
