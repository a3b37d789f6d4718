package dev.parley.gateway.business.admission;

/** usage-billing's id of a reservation, {@code rsv_…}. */
public record ReservationId(String value) {}
