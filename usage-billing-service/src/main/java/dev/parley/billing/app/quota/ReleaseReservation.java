package dev.parley.billing.app.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.Hold;
import dev.parley.billing.business.quota.HoldState;
import dev.parley.billing.business.quota.Holds;
import dev.parley.billing.business.quota.ReservationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a reservation back whose call never reached a provider, or, if the service that made the
 * call says so, got nothing from it.
 */
@ApplicationScoped
public class ReleaseReservation {
    private final Holds holds;

    /** What became of it. */
    public enum Outcome {
        RELEASED,
        NOT_FOUND,
        /** It was charged, or a provider was reached: its usage record decides. */
        IN_USE
    }

    @Inject
    ReleaseReservation(Holds holds) {
        this.holds = holds;
    }

    /**
     * Releases it.
     *
     * @param organization whose reservation it has to be; null for a service on its own behalf
     */
    @Transactional
    public Outcome handle(ReservationId id, @Nullable OrganizationId organization) {
        Map<ReservationId, Hold> before = holds.lock(List.of(id));
        Hold hold = before.get(id);
        if (hold == null
                || (organization != null && !hold.consumer().organization().equals(organization))) {
            return Outcome.NOT_FOUND;
        }
        return switch (hold.state()) {
            case HoldState.Released released -> Outcome.RELEASED;
            case HoldState.Open open when unused(open, organization == null) -> {
                holds.save(List.of(hold.released()), before);
                yield Outcome.RELEASED;
            }
            case HoldState.Open open -> Outcome.IN_USE;
            case HoldState.Settled settled -> Outcome.IN_USE;
            case HoldState.Estimated estimated -> Outcome.IN_USE;
        };
    }

    /** Only the maker of a call knows that a provider that was asked has produced nothing. */
    private static boolean unused(HoldState.Open open, boolean byItsMaker) {
        return !open.reachedProvider() || (byItsMaker && open.outputTokens() == 0);
    }
}
