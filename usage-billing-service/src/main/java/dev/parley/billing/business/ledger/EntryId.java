package dev.parley.billing.business.ledger;

import java.util.UUID;

/** A ledger entry; ordered by time (UUIDv7). */
public record EntryId(UUID value) {}
