package dev.parley.billing.business.quota;

/** A request together with what its caller is entitled to and the id that it gets if admitted. */
public record Candidate(ReservationId id, ReservationRequest request, Entitlement entitlement) {}
