package dev.parley.gateway.api.model;

import dev.parley.gateway.app.model.LoadCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the catalogue is known; the provider may come and go. */
@Readiness
@ApplicationScoped
class CatalogueReadiness implements HealthCheck {
    private final LoadCatalogue loadCatalogue;

    @Inject
    CatalogueReadiness(LoadCatalogue loadCatalogue) {
        this.loadCatalogue = loadCatalogue;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("catalogue").status(loadCatalogue.done()).build();
    }
}
