package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.ForgetEndedWindows;
import dev.parley.billing.app.quota.RefreshEntitlements;
import dev.parley.billing.app.quota.SettleExpiredReservations;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/** What happens by itself. */
@ApplicationScoped
class QuotaSchedule {
    private static final System.Logger LOG = System.getLogger(QuotaSchedule.class.getName());

    private final RefreshEntitlements refreshEntitlements;
    private final SettleExpiredReservations settleExpired;
    private final ForgetEndedWindows forgetEndedWindows;
    private final Clock clock;
    private final Attempts refreshing = new Attempts("plans and prices are not brought up to date");
    private final Attempts sweeping = new Attempts("expired reservations are not settled");
    private final Attempts forgetting = new Attempts("ended windows are not forgotten");

    @Inject
    QuotaSchedule(
            RefreshEntitlements refreshEntitlements,
            SettleExpiredReservations settleExpired,
            ForgetEndedWindows forgetEndedWindows,
            Clock clock) {
        this.refreshEntitlements = refreshEntitlements;
        this.settleExpired = settleExpired;
        this.forgetEndedWindows = forgetEndedWindows;
        this.clock = clock;
    }

    void loadFirst(@Observes StartupEvent started) {
        refreshing.attempt(refreshEntitlements::handle);
    }

    @Scheduled(
            every = "${parley.quota.refresh-interval:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void refresh() {
        refreshing.attempt(refreshEntitlements::handle);
    }

    @Scheduled(
            every = "${parley.quota.sweep-interval:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sweep() {
        sweeping.attempt(
                () -> {
                    boolean more = refreshEntitlements.isReady();
                    while (more) {
                        more = settleExpired.handle(clock.instant());
                    }
                });
    }

    @Scheduled(every = "10m", delayed = "1m")
    @RunOnVirtualThread
    void forget() {
        forgetting.attempt(() -> forgetEndedWindows.handle(clock.instant()));
    }

    /** A failure is told once, when it begins; the next round tries again. */
    private record Attempts(String complaint, AtomicBoolean failing) {
        Attempts(String complaint) {
            this(complaint, new AtomicBoolean());
        }

        void attempt(Runnable work) {
            try {
                work.run();
                failing.set(false);
            } catch (RuntimeException failure) {
                if (failing.compareAndSet(false, true)) {
                    LOG.log(System.Logger.Level.WARNING, complaint, failure);
                }
            }
        }
    }
}
