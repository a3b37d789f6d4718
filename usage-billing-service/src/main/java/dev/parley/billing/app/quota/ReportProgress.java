package dev.parley.billing.app.quota;

import dev.parley.billing.business.quota.Holds;
import dev.parley.billing.business.quota.LeasePolicy;
import dev.parley.billing.business.quota.Progress;
import dev.parley.billing.business.quota.ReservationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Renews the leases of calls that are under way. */
@ApplicationScoped
public class ReportProgress {
    private final Holds holds;
    private final Clock clock;
    private final LeasePolicy leases;

    @Inject
    ReportProgress(Holds holds, Clock clock, LeasePolicy leases) {
        this.holds = holds;
        this.clock = clock;
        this.leases = leases;
    }

    /** Tells which of the reservations are not open: unknown, released, or settled. */
    @Transactional
    public List<ReservationId> handle(List<Progress> calls) {
        if (calls.isEmpty()) {
            return List.of();
        }
        Set<ReservationId> open = holds.renew(calls, clock.instant().plus(leases.lease()));
        return calls.stream()
                .map(Progress::reservation)
                .filter(id -> !open.contains(id))
                .distinct()
                .toList();
    }
}
