package dev.parley.local.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What of the services can be reached through the edge. */
record EdgeView(String origin) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Waits until the edge hands on requests to each service. */
    void await(Duration patience) {
        Set<Service> unseen = EnumSet.allOf(Service.class);
        Origin edge = new Origin(origin, PATIENCE);
        boolean all =
                Readiness.within(
                        patience,
                        () -> {
                            unseen.removeIf(service -> sees(edge, service));
                            return unseen.isEmpty();
                        });
        if (!all) {
            throw new StackFailure("The edge does not reach " + unseen);
        }
    }

    private static boolean sees(Origin edge, Service service) {
        try {
            int status = edge.get("/openapi/" + service.folder() + ".json").status();
            return status != 502 && status != 503;
        } catch (IOException e) {
            return false;
        }
    }
}
