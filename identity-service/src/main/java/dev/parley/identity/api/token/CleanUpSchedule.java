package dev.parley.identity.api.token;

import dev.parley.identity.app.token.ForgetWhatIsOver;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
class CleanUpSchedule {
    private final ForgetWhatIsOver forgetWhatIsOver;

    @Inject
    CleanUpSchedule(ForgetWhatIsOver forgetWhatIsOver) {
        this.forgetWhatIsOver = forgetWhatIsOver;
    }

    @Scheduled(
            every = "${parley.token.clean-up-interval:5m}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        forgetWhatIsOver.handle();
    }
}
