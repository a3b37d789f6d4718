package dev.parley.gateway.api.model;

import dev.parley.gateway.app.model.LoadCatalogue;
import dev.parley.gateway.app.model.RefreshCatalogue;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Loads the catalogue at start and asks the provider for news from time to time. */
@ApplicationScoped
class CatalogueSchedule {
    private final LoadCatalogue loadCatalogue;
    private final RefreshCatalogue refreshCatalogue;

    @Inject
    CatalogueSchedule(LoadCatalogue loadCatalogue, RefreshCatalogue refreshCatalogue) {
        this.loadCatalogue = loadCatalogue;
        this.refreshCatalogue = refreshCatalogue;
    }

    void load(@Observes StartupEvent started) {
        loadCatalogue.handle();
    }

    @Scheduled(
            every = "${parley.model.refresh-interval:10s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void refresh() {
        refreshCatalogue.handle();
    }
}
