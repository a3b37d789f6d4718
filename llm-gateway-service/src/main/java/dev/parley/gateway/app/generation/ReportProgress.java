package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.Progress;
import dev.parley.gateway.business.admission.Reservations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Tells usage-billing in one call what every open call has used; that renews their leases. */
@ApplicationScoped
public class ReportProgress {
    private final OpenGenerations open;
    private final Reservations reservations;

    @Inject
    ReportProgress(OpenGenerations open, Reservations reservations) {
        this.open = open;
        this.reservations = reservations;
    }

    /** Does nothing when no call is open. */
    public Uni<Void> handle() {
        List<Progress> progress = open.progress();
        return progress.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().completionStage(() -> reservations.report(progress));
    }
}
