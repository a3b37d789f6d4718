package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.ForgetAnswers;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has answers forgotten when their time is over. */
@ApplicationScoped
class AnswerSchedule {
    private static final System.Logger LOG = System.getLogger(AnswerSchedule.class.getName());

    private final ForgetAnswers forgetAnswers;

    @Inject
    AnswerSchedule(ForgetAnswers forgetAnswers) {
        this.forgetAnswers = forgetAnswers;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        try {
            forgetAnswers.handle();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "answers stay: {0}", failure.toString());
        }
    }
}
