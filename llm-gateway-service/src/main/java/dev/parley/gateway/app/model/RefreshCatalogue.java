package dev.parley.gateway.app.model;

import dev.parley.gateway.business.model.ChatModels;
import dev.parley.gateway.business.model.DiscoveredModel;
import dev.parley.gateway.business.model.ModelDiscovery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks the provider for its models and reads the catalogue anew; blocks, so not on event loops. */
@ApplicationScoped
public class RefreshCatalogue {
    private static final System.Logger LOG = System.getLogger(RefreshCatalogue.class.getName());

    private final ChatModels models;
    private final ModelDiscovery discovery;
    private final AtomicBoolean unreachable = new AtomicBoolean();

    @Inject
    RefreshCatalogue(ChatModels models, ModelDiscovery discovery) {
        this.models = models;
        this.discovery = discovery;
    }

    /** A provider that does not answer leaves the catalogue as the database has it. */
    public void handle() {
        if (!models.loaded()) {
            models.load();
        }
        try {
            List<DiscoveredModel> discovered = discovery.discover();
            if (!discovered.isEmpty()) {
                models.keep(discovered);
            }
            unreachable.set(false);
        } catch (ModelDiscovery.ProviderUnreachable silent) {
            if (unreachable.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "the provider does not tell its models: {0}", silent);
            }
        }
        models.load();
    }
}
