package dev.parley.billing.api.quota;

import dev.parley.billing.business.quota.LimitState;
import dev.parley.billing.business.quota.Reservation;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/** A granted reservation as the gateway sees it. */
@RegisterForReflection
public record ReservationView(
        String id,
        long grantedOutputTokens,
        Instant leaseUntil,
        String plan,
        List<LimitView> limits,
        List<String> warnings) {

    static ReservationView of(
            Reservation reservation, List<LimitState> limits, List<String> warnings) {
        return new ReservationView(
                PublicId.format(ReservationsResource.PREFIX, reservation.id().value()),
                reservation.grantedOutputTokens(),
                reservation.leaseUntil(),
                reservation.plan().value(),
                LimitView.of(limits),
                warnings);
    }
}
