package dev.parley.moderation.api.policy;

import dev.parley.moderation.app.policy.CurrentRules;
import dev.parley.moderation.business.policy.OrganizationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once there are rules to judge by. */
@Readiness
@ApplicationScoped
class PolicyReadiness implements HealthCheck {
    private final CurrentRules rules;

    @Inject
    PolicyReadiness(CurrentRules rules) {
        this.rules = rules;
    }

    @Override
    public HealthCheckResponse call() {
        return rules.of(OrganizationId.INSTALLATION)
                .map(
                        loaded ->
                                HealthCheckResponse.named("policy")
                                        .up()
                                        .withData("version", loaded.policy().version().value())
                                        .build())
                .orElseGet(() -> HealthCheckResponse.down("policy"));
    }
}
