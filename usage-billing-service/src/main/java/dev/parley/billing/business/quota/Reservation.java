package dev.parley.billing.business.quota;

import java.time.Instant;

/**
 * A call's share of its windows: one request, its input tokens and the granted output.
 *
 * @param leaseUntil when it expires unless progress is reported
 */
public record Reservation(
        ReservationId id,
        ReservationRequest request,
        PlanName plan,
        long grantedOutputTokens,
        Instant reservedAt,
        Instant leaseUntil) {

    public long tokens() {
        return Math.addExact(request.inputTokens(), grantedOutputTokens);
    }
}
