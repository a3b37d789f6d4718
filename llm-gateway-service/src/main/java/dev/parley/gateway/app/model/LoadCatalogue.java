package dev.parley.gateway.app.model;

import dev.parley.gateway.business.model.ChatModels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Reads the catalogue from the database, without asking the provider; blocks. */
@ApplicationScoped
public class LoadCatalogue {
    private final ChatModels models;

    @Inject
    LoadCatalogue(ChatModels models) {
        this.models = models;
    }

    /** Replaces this replica's copy. */
    public void handle() {
        models.load();
    }

    /** Whether it was read at least once. */
    public boolean done() {
        return models.loaded();
    }
}
