package dev.parley.billing.business.quota;

import java.util.UUID;

/** A reservation; ordered by time (UUIDv7). */
public record ReservationId(UUID value) {}
