package dev.parley.moderation.api.policy;

import dev.parley.moderation.app.policy.RefreshPolicies;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Triggers the renewal of the rules in memory. */
@ApplicationScoped
class PolicySchedule {
    private static final System.Logger LOG = System.getLogger(PolicySchedule.class.getName());

    private final RefreshPolicies refreshPolicies;
    private volatile boolean failing;

    @Inject
    PolicySchedule(RefreshPolicies refreshPolicies) {
        this.refreshPolicies = refreshPolicies;
    }

    void start(@Observes StartupEvent started) {
        refresh();
    }

    @Scheduled(
            every = "${parley.moderation.policy.refresh-interval:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        try {
            refreshPolicies.handle();
            failing = false;
        } catch (RuntimeException failure) {
            // The rules in memory go on to hold; said once, not each second.
            if (!failing) {
                failing = true;
                LOG.log(System.Logger.Level.WARNING, "policies cannot be renewed", failure);
            }
        }
    }
}
