package dev.parley.platform.security;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;

/** Keeps {@link Revocations} up to date from the issuer's change feed. */
@ApplicationScoped
class RevocationSchedule {
    private final ChangeFeedPoller poller;
    private final Revocations revocations;

    @Inject
    RevocationSchedule(ChangeSource issuer, Revocations revocations) {
        this.poller = new ChangeFeedPoller("identity", issuer, revocations::apply);
        this.revocations = revocations;
    }

    void start(@Observes StartupEvent started) {
        poller.poll();
    }

    @Scheduled(
            every = "${parley.security.change-poll-interval:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void follow() {
        poller.poll();
    }

    @Scheduled(every = "60s")
    void forget() {
        revocations.forgetBefore(Instant.now());
    }
}
