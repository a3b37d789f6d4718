package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.Admission;
import dev.parley.gateway.business.admission.OutputChecks;
import dev.parley.gateway.business.admission.OutputVerdict;
import dev.parley.gateway.business.admission.Progress;
import dev.parley.gateway.business.admission.Reservation;
import dev.parley.gateway.business.admission.Reservations;
import dev.parley.gateway.business.generation.Ending;
import dev.parley.gateway.business.generation.Failure;
import dev.parley.gateway.business.generation.FinishReason;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.gateway.business.generation.GenerationPolicy;
import dev.parley.gateway.business.generation.OutputScreening;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.generation.UsageRecord;
import dev.parley.gateway.business.generation.UsageRecords;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.gateway.business.model.Tokens;
import dev.parley.gateway.business.provider.ModelProvider;
import dev.parley.gateway.business.provider.ProviderEvent;
import dev.parley.gateway.business.provider.ProviderFailure;
import dev.parley.gateway.business.provider.ProviderRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call from its first attempt to its usage record. Whatever happens to it happens
 * under its lock, and it ends exactly once: what was used is committed first, then the caller is
 * told.
 */
public final class RunningGeneration {
    private static final System.Logger LOG = System.getLogger(RunningGeneration.class.getName());

    /** What a running call needs of others. */
    record Neighbours(
            ModelProvider provider,
            OutputChecks checks,
            UsageRecords records,
            Reservations reservations,
            OpenGenerations open) {}

    private final GenerateText.Command command;
    private final ProviderRequest request;
    private final Tokens inputAtLeast;
    private final Admission.Admitted admitted;
    private final Neighbours neighbours;
    private final GenerationPolicy policy;
    private final Clock clock;
    private final HeldBackText text = new HeldBackText();

    private @Nullable MultiEmitter<? super GenerationEvent> caller;
    private Flow.@Nullable Subscription upstream;
    private int attempt;
    private long received;
    private ProviderEvent.@Nullable End end;
    private boolean checking;
    private boolean over;
    private Instant startedAt;
    private @Nullable Instant firstTokenAt;
    private long startedNanos;
    private long lastSignNanos;

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
        this.inputAtLeast = inputAtLeast;
        this.admitted = admitted;
        this.neighbours = neighbours;
        this.policy = policy;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** The reservation that it runs on. */
    public Reservation reservation() {
        return admitted.reservation();
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

    /** Its events; the one subscription begins the call, and cancelling it cuts the call. */
    public Multi<GenerationEvent> events() {
        return Multi.createFrom()
                .<GenerationEvent>emitter(this::begin, BackPressureStrategy.BUFFER);
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
        startedAt = clock.instant();
        startedNanos = System.nanoTime();
        ask();
    }

    private synchronized void ask() {
        if (over) {
            return;
        }
        attempt++;
        lastSignNanos = System.nanoTime();
        neighbours.provider().generate(request).subscribe(new Attempt(attempt));
    }

    private synchronized void onText(String piece) {
        received++;
        lastSignNanos = System.nanoTime();
        if (firstTokenAt == null) {
            firstTokenAt = clock.instant();
        }
        text.append(piece);
        if (command.screening() == OutputScreening.AS_IT_COMES) {
            checkWhatIsNew();
        }
    }

    private synchronized void onEnd(ProviderEvent.End last) {
        end = last;
        checkWhatIsNew();
    }

    private synchronized void onFailure(ProviderFailure failure) {
        LOG.log(
                Level.WARNING,
                "attempt {0} of {1} failed: {2} {3}",
                attempt,
                command.call().id().value(),
                failure.kind(),
                failure.getMessage());
        boolean nothingCame = received == 0;
        switch (failure.kind()) {
            case UNREACHABLE, FAULT -> {
                if (nothingCame && attempt < policy.attempts()) {
                    CompletableFuture.delayedExecutor(
                                    policy.retryPause().toMillis(), TimeUnit.MILLISECONDS)
                            .execute(this::ask);
                } else {
                    fail(Failure.UPSTREAM_ERROR, !nothingCame);
                }
            }
            case REQUEST_REFUSED -> fail(Failure.UPSTREAM_REFUSED, false);
            case BROKEN_OFF -> fail(Failure.UPSTREAM_ERROR, true);
        }
    }

    /** At most one check is under way; what comes meanwhile joins the next. */
    private void checkWhatIsNew() {
        if (checking || over) {
            return;
        }
        ProviderEvent.End last = end;
        if (last != null && text.isEmpty()) {
            finish(last.reason());
            return;
        }
        boolean isLast = last != null;
        if (!isLast && !text.hasNews()) {
            return;
        }
        checking = true;
        String pending = text.take();
        neighbours
                .checks()
                .check(command.call().requester(), text.shownTail(), pending, isLast)
                .whenComplete((verdict, failure) -> onVerdict(verdict, failure, pending, isLast));
    }

    private synchronized void onVerdict(
            @Nullable OutputVerdict verdict,
            @Nullable Throwable failure,
            String pending,
            boolean wasLast) {
        checking = false;
        if (over) {
            return;
        }
        switch (verdict) {
            case null -> {
                LOG.log(Level.WARNING, "output could not be checked: {0}", String.valueOf(failure));
                if (!admitted.failOpen()) {
                    failUnchecked();
                    return;
                }
                show(pending.length(), pending);
            }
            case OutputVerdict.Blocked ignored -> {
                finish(FinishReason.CONTENT_FILTER);
                return;
            }
            case OutputVerdict.Released released -> {
                boolean kept = released.consumed() < pending.length();
                if (released.consumed() > pending.length() || (wasLast && kept)) {
                    failUnchecked();
                    return;
                }
                show(released.consumed(), released.text());
            }
        }
        checkWhatIsNew();
    }

    private void show(int consumed, String shown) {
        text.release(consumed, shown);
        if (!shown.isEmpty() && caller != null) {
            caller.emit(new GenerationEvent.Delta(shown));
        }
    }

    private void finish(FinishReason reason) {
        TokenUsage usage = usage();
        close(reason.ending(), usage, new GenerationEvent.Finished(reason, usage));
    }

    private void failUnchecked() {
        TokenUsage usage = usage();
        close(
                Ending.CANCELLED,
                usage,
                new GenerationEvent.Failed(Failure.CHECK_UNAVAILABLE, usage));
    }

    private void fail(Failure failure, boolean reached) {
        if (over) {
            return;
        }
        if (reached) {
            TokenUsage usage = usage();
            close(Ending.UPSTREAM_FAILED, usage, new GenerationEvent.Failed(failure, usage));
            return;
        }
        over = true;
        stopUpstream();
        neighbours.open().remove(this);
        neighbours.reservations().release(reservation().id());
        tell(new GenerationEvent.Failed(failure, TokenUsage.counted(Tokens.NONE, Tokens.NONE)));
    }

    /** The caller is gone. */
    private synchronized void abandon() {
        if (!over) {
            close(command.whenAbandoned(), usage(), null);
        }
    }

    /** This replica stops. */
    synchronized void cut() {
        if (!over) {
            TokenUsage usage = usage();
            close(
                    Ending.CANCELLED,
                    usage,
                    new GenerationEvent.Failed(Failure.UPSTREAM_ERROR, usage));
        }
    }

    /** Ends it when its provider has taken too long. */
    synchronized void expire(long nowNanos) {
        if (over || end != null) {
            return;
        }
        long waited = nowNanos - lastSignNanos;
        long most =
                received == 0 ? policy.firstToken().toNanos() : policy.betweenTokens().toNanos();
        if (waited > most || nowNanos - startedNanos > policy.total().toNanos()) {
            // A provider that gave no sign of life has produced nothing that could be billed.
            fail(Failure.UPSTREAM_TIMEOUT, received > 0);
        }
    }

    synchronized Progress progress() {
        TokenUsage usage = usage();
        return new Progress(reservation().id(), attempt > 0, usage.input(), usage.output());
    }

    private void close(Ending ending, TokenUsage usage, @Nullable GenerationEvent last) {
        over = true;
        stopUpstream();
        UsageRecord usageRecord =
                new UsageRecord(
                        command.call(),
                        reservation(),
                        request.model(),
                        attempt,
                        usage,
                        ending,
                        startedAt,
                        firstTokenAt,
                        clock.instant());
        neighbours
                .records()
                .commit(usageRecord)
                .whenComplete(
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
        if (running != null && end == null) {
            running.cancel();
        }
    }

    /** The provider's numbers; before it has told them ours, never above what was reserved. */
    private TokenUsage usage() {
        ProviderEvent.End last = end;
        TokenUsage counted = last == null ? null : last.usage();
        return counted != null
                ? counted
                : TokenUsage.estimated(
                        inputAtLeast.min(reservation().input()),
                        new Tokens(received).min(reservation().grantedOutput()));
    }

    /** The subscription of one attempt; a later attempt makes it deaf. */
    private final class Attempt implements Flow.Subscriber<ProviderEvent> {
        private final int number;

        Attempt(int number) {
            this.number = number;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            synchronized (RunningGeneration.this) {
                if (over) {
                    subscription.cancel();
                    return;
                }
                upstream = subscription;
            }
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ProviderEvent event) {
            synchronized (RunningGeneration.this) {
                if (over || number != attempt || end != null) {
                    return;
                }
                switch (event) {
                    case ProviderEvent.Text piece -> onText(piece.text());
                    case ProviderEvent.End last -> onEnd(last);
                }
            }
        }

        @Override
        public void onError(Throwable thrown) {
            synchronized (RunningGeneration.this) {
                if (over || number != attempt || end != null) {
                    return;
                }
                onFailure(
                        thrown instanceof ProviderFailure failure
                                ? failure
                                : new ProviderFailure(
                                        ProviderFailure.Kind.BROKEN_OFF, thrown.toString()));
            }
        }

        @Override
        public void onComplete() {
            onError(new ProviderFailure(ProviderFailure.Kind.BROKEN_OFF, "no end came"));
        }
    }
}
