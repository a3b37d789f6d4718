package dev.parley.gateway.api.model;

import dev.parley.gateway.app.model.ListCatalogueChanges;
import dev.parley.gateway.app.model.LoadCatalogue;
import dev.parley.gateway.app.model.RefreshCatalogue;
import dev.parley.platform.security.ChangeFeedPoller;
import dev.parley.platform.security.ChangeSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Loads the catalogue at start and whenever another replica or an operator changed it, and asks the
 * provider for news from time to time.
 */
@ApplicationScoped
class CatalogueSchedule {
    private final LoadCatalogue loadCatalogue;
    private final RefreshCatalogue refreshCatalogue;
    private final ChangeFeedPoller changes;

    @Inject
    CatalogueSchedule(
            LoadCatalogue loadCatalogue,
            RefreshCatalogue refreshCatalogue,
            ListCatalogueChanges listChanges,
            @VirtualThreads ExecutorService threads) {
        this.loadCatalogue = loadCatalogue;
        this.refreshCatalogue = refreshCatalogue;
        this.changes =
                new ChangeFeedPoller(
                        "the catalogue", ownFeed(listChanges, threads), this::loadChanged);
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

    @Scheduled(
            every = "${parley.model.change-poll-interval:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void follow() {
        changes.poll();
    }

    private void loadChanged(List<ChangeSource.Change> page) {
        if (!page.isEmpty()) {
            loadCatalogue.handle();
        }
    }

    /** Our own feed need not be asked for over HTTP. */
    private static ChangeSource ownFeed(ListCatalogueChanges listChanges, ExecutorService threads) {
        return after ->
                Uni.createFrom()
                        .item(() -> listChanges.handle(after))
                        .runSubscriptionOn(threads)
                        .map(
                                page ->
                                        new ChangeSource.Changes(
                                                page.changes().stream()
                                                        .map(
                                                                change ->
                                                                        new ChangeSource.Change(
                                                                                change.sequence(),
                                                                                change.kind(),
                                                                                change.id(),
                                                                                change.at()))
                                                        .toList(),
                                                page.next()));
    }
}
