package dev.parley.gateway.app.generation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Ends the calls whose provider has taken too long; one look at all of them, no timer per call. */
@ApplicationScoped
public class ExpireGenerations {
    private final OpenGenerations open;

    @Inject
    ExpireGenerations(OpenGenerations open) {
        this.open = open;
    }

    /** Compares every open call with its deadlines. */
    public void handle() {
        open.expire(System.nanoTime());
    }
}
