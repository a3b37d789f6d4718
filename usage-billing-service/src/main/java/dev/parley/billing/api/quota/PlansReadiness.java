package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.RefreshEntitlements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once plans and prices are in memory; the database has a check of its own. */
@Readiness
@ApplicationScoped
class PlansReadiness implements HealthCheck {
    private final RefreshEntitlements entitlements;

    @Inject
    PlansReadiness(RefreshEntitlements entitlements) {
        this.entitlements = entitlements;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("plans and prices are loaded")
                .status(entitlements.isReady())
                .build();
    }
}
