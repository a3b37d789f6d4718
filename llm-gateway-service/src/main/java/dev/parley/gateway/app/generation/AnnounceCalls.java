package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.Progress;
import dev.parley.gateway.business.admission.Reservations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Tells usage-billing soon which calls have reached a provider: the reservation of a call that is
 * not known to have is given back when this replica dies, whatever the provider did for it.
 */
@ApplicationScoped
public class AnnounceCalls {
    private final OpenGenerations open;
    private final Reservations reservations;

    @Inject
    AnnounceCalls(OpenGenerations open, Reservations reservations) {
        this.open = open;
        this.reservations = reservations;
    }

    /** Does nothing when no call was begun since the last time. */
    public Uni<Void> handle() {
        List<Progress> begun = open.begun();
        return begun.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().completionStage(() -> reservations.report(begun));
    }
}
