package dev.parley.billing.business.quota;

import java.time.Instant;

/** The reservations, compared with the ledger. */
public interface LedgerGaps {
    /** The gap at {@code now}; estimates count from {@code estimatesSince} on. */
    LedgerGap at(Instant now, Instant estimatesSince);
}
