package dev.parley.billing.business.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rule by which calls are admitted. */
public final class Quota {
    private Quota() {}

    /**
     * Decides about one call. The granted output is what was asked for or what is left, whichever
     * is less; only a call whose input and one token of output do not fit is refused.
     *
     * @param states the windows of the candidate's plan, as they are now
     * @param lease how long the reservation holds without a sign of life
     */
    public static Admission admit(
            Candidate candidate, List<LimitState> states, Instant now, Duration lease) {
        Entitlement entitlement = candidate.entitlement();
        ReservationRequest request = candidate.request();
        if (entitlement.status() != SubscriptionStatus.ACTIVE) {
            return new Admission.Refused(
                    new Refusal.SubscriptionInactive(entitlement.status()), states);
        }
        if (!entitlement.plan().tiers().contains(request.tier())) {
            return new Admission.Refused(
                    new Refusal.ModelNotInPlan(request.tier(), entitlement.plan().name()), states);
        }
        Optional<LimitState> crossed = crossed(request, states);
        if (crossed.isPresent()) {
            return new Admission.Refused(refusal(crossed.get()), states);
        }
        long output = Math.min(request.wantedOutputTokens(), outputLeft(request, states));
        Reservation reservation =
                new Reservation(
                        candidate.id(),
                        request,
                        entitlement.plan().name(),
                        output,
                        now,
                        now.plus(lease));
        return granted(reservation, states);
    }

    private static Admission granted(Reservation reservation, List<LimitState> states) {
        List<LimitState> after = new ArrayList<>(states.size());
        List<String> passed = new ArrayList<>();
        for (LimitState state : states) {
            LimitState reserved = state.plus(share(reservation, state.limit().unit()));
            after.add(reserved);
            if (reserved.isPastSoftLimit()) {
                passed.add(reserved.limit().name());
            }
        }
        return passed.isEmpty()
                ? new Admission.Granted(reservation, after)
                : new Admission.Warned(reservation, after, passed);
    }

    private static long share(Reservation reservation, Unit unit) {
        return switch (unit) {
            case REQUESTS -> 1;
            case TOKENS -> reservation.tokens();
        };
    }

    /** Of the limits in the way the one that resets last: an earlier retry would not help. */
    private static Optional<LimitState> crossed(
            ReservationRequest request, List<LimitState> states) {
        return states.stream()
                .filter(state -> !state.admits(least(request, state.limit().unit())))
                .max(Comparator.comparing(LimitState::resetsAt));
    }

    private static long least(ReservationRequest request, Unit unit) {
        return switch (unit) {
            case REQUESTS -> 1;
            case TOKENS -> Math.addExact(request.inputTokens(), 1);
        };
    }

    private static long outputLeft(ReservationRequest request, List<LimitState> states) {
        long left = Long.MAX_VALUE;
        for (LimitState state : states) {
            Long remaining = state.remaining();
            if (state.limit().unit() == Unit.TOKENS && remaining != null) {
                left = Math.min(left, remaining - request.inputTokens());
            }
        }
        return left;
    }

    private static Refusal refusal(LimitState state) {
        Limit limit = state.limit();
        return limit.unit() == Unit.REQUESTS && limit.window() == WindowLength.MINUTE
                ? new Refusal.RateLimited(limit.name(), state.resetsAt())
                : new Refusal.QuotaExceeded(limit.name(), state.resetsAt());
    }
}
