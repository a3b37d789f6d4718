package dev.parley.gateway.app.generation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Cuts what is still open when this replica stops, so that its callers hear of it. */
@ApplicationScoped
public class EndGenerations {
    private final OpenGenerations open;

    @Inject
    EndGenerations(OpenGenerations open) {
        this.open = open;
    }

    /** Cuts every open call; from now on none begins. */
    public void handle() {
        open.stop();
    }
}
