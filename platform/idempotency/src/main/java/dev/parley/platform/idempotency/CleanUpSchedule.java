package dev.parley.platform.idempotency;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;

/** Deletes answers that are not given again any more. */
@ApplicationScoped
class CleanUpSchedule {
    private static final System.Logger LOG = System.getLogger(CleanUpSchedule.class.getName());

    private final AnswerTable answers;

    @Inject
    CleanUpSchedule(AnswerTable answers) {
        this.answers = answers;
    }

    @Scheduled(
            every = "${parley.idempotency.clean-up-interval:5m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void cleanUp() {
        try {
            answers.forget();
        } catch (SQLException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "old answers wait to be deleted: {0}",
                    failure.toString());
        }
    }
}
