package dev.parley.platform.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Writes refusals down, beside the requests that were refused. */
@ApplicationScoped
class RefusalSchedule {
    private final AuditLog audit;

    @Inject
    RefusalSchedule(AuditLog audit) {
        this.audit = audit;
    }

    @Scheduled(
            every = "${parley.audit.refusal-write-interval:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tell() {
        audit.tellRefusals();
    }

    /** Before the outbox's relay stops, which sends what is there. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stopped) {
        audit.tellEverything();
    }
}
