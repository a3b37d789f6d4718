package dev.parley.conversation.storage.context;

import dev.parley.conversation.business.context.ModelWindow;
import dev.parley.conversation.business.context.ModelWindows;
import dev.parley.platform.security.ChangeFeedPoller;
import dev.parley.platform.security.ChangeSource;
import dev.parley.platform.security.IssuerClient;
import dev.parley.platform.security.ServiceTokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's catalogue, kept for a while. Only the very first readers wait for it; later ones
 * get the old one while a new one is fetched, or, when there is none, nothing.
 */
@ApplicationScoped
class GatewayModelWindows implements ModelWindows {
    private static final System.Logger LOG = System.getLogger(GatewayModelWindows.class.getName());
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final GatewayCatalogue gateway;
    private final ServiceTokens tokens;
    private final ContextConfig config;
    private final ChangeFeedPoller changes;
    private final AtomicReference<@Nullable CompletableFuture<Void>> fetching =
            new AtomicReference<>();
    private volatile @Nullable Map<String, ModelWindow> known;
    private volatile long fetchAt = System.nanoTime();

    @Inject
    GatewayModelWindows(
            @RestClient GatewayCatalogue gateway, ServiceTokens tokens, ContextConfig config) {
        this.gateway = gateway;
        this.tokens = tokens;
        this.config = config;
        this.changes =
                new ChangeFeedPoller(
                        "the gateway's models",
                        after ->
                                tokens.own()
                                        .flatMap(token -> gateway.changes(token, after))
                                        .map(IssuerClient.ChangesAnswer::toChanges),
                        this::renew);
    }

    @Override
    public void follow() {
        changes.poll();
    }

    /** A fetch that is under way may have begun before the change. */
    private void renew(List<ChangeSource.Change> page) {
        if (page.isEmpty()) {
            return;
        }
        CompletableFuture<Void> underWay = fetching.get();
        var _ = underWay == null ? fetch() : underWay.thenCompose(old -> fetch());
    }

    @Override
    public Optional<ModelWindow> find(String model) {
        if (fetchAt - System.nanoTime() <= 0) {
            CompletableFuture<Void> fetch = fetch();
            if (known == null) {
                await(fetch);
            }
        }
        Map<String, ModelWindow> windows = known;
        return windows == null ? Optional.empty() : Optional.ofNullable(windows.get(model));
    }

    private CompletableFuture<Void> fetch() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> earlier = fetching.compareAndExchange(null, mine);
        if (earlier != null) {
            return earlier;
        }
        Uni.createFrom()
                .deferred(tokens::own)
                .flatMap(gateway::models)
                .subscribe()
                .with(
                        models -> {
                            Map<String, ModelWindow> fresh = new HashMap<>();
                            models.data()
                                    .forEach(
                                            model ->
                                                    fresh.put(
                                                            model.id(),
                                                            new ModelWindow(
                                                                    model.contextWindow(),
                                                                    model.defaultOutputTokens())));
                            known = fresh;
                            done(mine, config.catalogueTimeToLive());
                        },
                        failure -> {
                            LOG.log(
                                    System.Logger.Level.WARNING,
                                    () -> "no catalogue from the gateway: " + failure);
                            done(mine, AFTER_A_FAILURE);
                        });
        return mine;
    }

    private void done(CompletableFuture<Void> fetch, Duration pause) {
        fetchAt = System.nanoTime() + pause.toNanos();
        fetching.set(null);
        fetch.complete(null);
    }

    private void await(CompletableFuture<Void> fetch) {
        try {
            fetch.orTimeout(config.catalogueTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(late -> null)
                    .join();
        } catch (RuntimeException late) {
            LOG.log(System.Logger.Level.DEBUG, "the catalogue is late", late);
        }
    }
}
