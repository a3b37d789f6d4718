package dev.parley.gateway.business.admission;

/** usage-billing's decision. */
public sealed interface ReservationOutcome {
    record Granted(Reservation reservation) implements ReservationOutcome {}

    record Refused(Refusal why) implements ReservationOutcome {}
}
