package dev.parley.billing.business.quota;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the reservations hold. */
public interface Holds {
    /** Those that exist, locked in the order of their ids until the transaction ends. */
    Map<ReservationId, Hold> lock(Collection<ReservationId> ids);

    /**
     * Up to {@code limit} open ones whose lease ended, locked until the transaction ends; those
     * that another replica has locked are left to it.
     */
    List<Hold> lockExpired(Instant now, int limit);

    /**
     * Keeps the changed holds and moves the windows' counters by the difference to before.
     *
     * @param before the same reservations as they were locked
     */
    void save(Collection<Hold> changed, Map<ReservationId, Hold> before);

    /**
     * Keeps the progress of those that are open and renews their leases.
     *
     * @return the reservations that were open
     */
    Set<ReservationId> renew(List<Progress> calls, Instant leaseUntil);
}
