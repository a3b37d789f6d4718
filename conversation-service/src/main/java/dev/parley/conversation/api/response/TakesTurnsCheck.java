package dev.parley.conversation.api.response;

import dev.parley.conversation.app.response.RunningTurns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready until this replica is told to stop. */
@Readiness
@ApplicationScoped
class TakesTurnsCheck implements HealthCheck {
    private final RunningTurns running;

    @Inject
    TakesTurnsCheck(RunningTurns running) {
        this.running = running;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("takes turns")
                .status(!running.stopping())
                .withData("running", running.count())
                .build();
    }
}
