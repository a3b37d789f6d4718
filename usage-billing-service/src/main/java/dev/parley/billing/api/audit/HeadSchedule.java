package dev.parley.billing.api.audit;

import dev.parley.billing.app.audit.SignHeads;
import dev.parley.billing.business.metering.OrganizationId;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Signs heads every minute; the first time after what was signed before has been read. */
@ApplicationScoped
class HeadSchedule {
    private static final System.Logger LOG = System.getLogger(HeadSchedule.class.getName());

    private final SignHeads signHeads;
    private final AtomicBoolean failing = new AtomicBoolean();

    @Inject
    HeadSchedule(SignHeads signHeads) {
        this.signHeads = signHeads;
    }

    @Scheduled(
            every = "${parley.audit-chain.sign-interval:1m}",
            delayed = "${parley.audit-chain.sign-interval:1m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sign() {
        try {
            @Nullable OrganizationId next = null;
            do {
                SignHeads.Outcome outcome = signHeads.handle(next);
                outcome.rewritten()
                        .forEach(
                                organization ->
                                        LOG.log(
                                                System.Logger.Level.ERROR,
                                                "the audit chain of {0} contradicts its signed"
                                                        + " head and is not signed again",
                                                organization.value()));
                next = outcome.next();
            } while (next != null);
            failing.set(false);
        } catch (RuntimeException failure) {
            if (failing.compareAndSet(false, true)) {
                LOG.log(System.Logger.Level.WARNING, "audit heads are not signed", failure);
            }
        }
    }
}
