package dev.parley.billing.app.quota;

import dev.parley.billing.business.quota.Admission;
import dev.parley.billing.business.quota.Admissions;
import dev.parley.billing.business.quota.BatchPolicy;
import dev.parley.billing.business.quota.Candidate;
import dev.parley.billing.business.quota.Entitlements;
import dev.parley.billing.business.quota.LeasePolicy;
import dev.parley.billing.business.quota.Quota;
import dev.parley.billing.business.quota.Refusal;
import dev.parley.billing.business.quota.ReservationId;
import dev.parley.billing.business.quota.ReservationRequest;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Admits a call of a model, or not. Calls that arrive while a transaction is under way are decided
 * together in the next one.
 */
@ApplicationScoped
public class ReserveUsage {
    private static final System.Logger LOG = System.getLogger(ReserveUsage.class.getName());
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(2);

    private final Admissions admissions;
    private final Entitlements entitlements;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final Duration lease;
    private final BatchPolicy policy;
    private final BlockingQueue<Waiting> queue;
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean started;
    private volatile boolean stopping;

    private record Waiting(Candidate candidate, CompletableFuture<Admission> decision) {}

    @Inject
    public ReserveUsage(
            Admissions admissions,
            Entitlements entitlements,
            TimeOrderedIds ids,
            Clock clock,
            LeasePolicy leases,
            BatchPolicy policy) {
        this.admissions = admissions;
        this.entitlements = entitlements;
        this.ids = ids;
        this.clock = clock;
        this.lease = leases.lease();
        this.policy = policy;
        this.queue = new ArrayBlockingQueue<>(policy.queue());
    }

    /**
     * The decision, once it is committed; it comes on a thread that must not be kept.
     *
     * @return fails when the database cannot be had, with a {@link
     *     java.util.concurrent.TimeoutException} when it does not answer
     */
    public CompletionStage<Admission> handle(ReservationRequest request) {
        startWorkers();
        Waiting waiting =
                new Waiting(
                        new Candidate(
                                new ReservationId(ids.next()),
                                request,
                                entitlements.of(
                                        request.consumer().organization(), request.guest())),
                        new CompletableFuture<>());
        if (stopping || !queue.offer(waiting)) {
            return CompletableFuture.completedFuture(
                    new Admission.Refused(new Refusal.Overloaded(), List.of()));
        }
        return waiting.decision().orTimeout(policy.patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the workers once what waits is decided. */
    @PreDestroy
    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread worker : workers) {
            worker.join(SHUTDOWN_PATIENCE);
        }
    }

    private void startWorkers() {
        if (started) {
            return;
        }
        synchronized (workers) {
            while (workers.size() < policy.workers()) {
                workers.add(
                        Thread.ofPlatform()
                                .daemon()
                                .name("admission-" + workers.size())
                                .start(this::work));
            }
            started = true;
        }
    }

    /** Until {@link #stop}, whatever happens: without a worker nobody is ever admitted again. */
    private void work() {
        boolean more = true;
        while (more) {
            try {
                more = decideNext();
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.ERROR, "admissions go on after a failure", failure);
            }
        }
    }

    private boolean decideNext() {
        Waiting first = next();
        if (first == null) {
            return !stopping;
        }
        decide(gather(first));
        return true;
    }

    private @Nullable Waiting next() {
        try {
            return queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nothingYet) {
            return null;
        }
    }

    private List<Waiting> gather(Waiting first) {
        List<Waiting> batch = new ArrayList<>();
        batch.add(first);
        linger();
        queue.drainTo(batch, policy.batch() - 1);
        batch.removeIf(waiting -> waiting.decision().isDone());
        return batch;
    }

    private void linger() {
        if (policy.linger().isZero()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(policy.linger().toNanos());
        } catch (InterruptedException longEnough) {
            // Whoever waits already is decided now.
        }
    }

    private void decide(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            Instant now = clock.instant();
            List<Admission> decisions =
                    admissions.decideAll(
                            batch.stream().map(Waiting::candidate).toList(),
                            now,
                            (candidate, states) -> Quota.admit(candidate, states, now, lease));
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).decision().complete(decisions.get(i));
            }
        } catch (RuntimeException | Error failure) {
            batch.forEach(waiting -> waiting.decision().completeExceptionally(failure));
            if (failure instanceof VirtualMachineError fatal) {
                throw fatal;
            }
        }
    }
}
