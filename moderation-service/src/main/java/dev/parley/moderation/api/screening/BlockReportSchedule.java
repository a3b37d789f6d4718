package dev.parley.moderation.api.screening;

import dev.parley.moderation.app.screening.ReportBlockedContent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Triggers another try for blocks that could not be put on record. */
@ApplicationScoped
class BlockReportSchedule {
    private final ReportBlockedContent reportBlockedContent;

    @Inject
    BlockReportSchedule(ReportBlockedContent reportBlockedContent) {
        this.reportBlockedContent = reportBlockedContent;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void retry() {
        reportBlockedContent.retry();
    }

    /** Before the outbox's relay stops, which sends what is there. */
    void stop(@Observes ShutdownEvent stopped) {
        reportBlockedContent.retry();
    }
}
