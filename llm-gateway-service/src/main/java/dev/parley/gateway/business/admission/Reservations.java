package dev.parley.gateway.business.admission;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The reservations that usage-billing keeps. */
public interface Reservations {
    /** Asks for one; a stage that fails means that usage-billing could not be asked. */
    CompletionStage<ReservationOutcome> reserve(ReservationRequest request);

    /** Gives back one that reached no provider; best effort, its lease ends anyway. */
    void release(ReservationId id);

    /** Reports what open calls have used so far, which renews their leases. */
    CompletionStage<Void> report(List<Progress> progress);
}
