package dev.parley.billing.business.quota;

import java.time.Duration;

/**
 * What the ledger does not know for certain.
 *
 * @param unsettled calls whose lease has ended and that neither a record nor an estimate has
 *     settled
 * @param longestUnsettled for how long the oldest of them has been that
 * @param estimated calls of the last day that stand in the ledger as estimates, since their records
 *     have not arrived
 */
public record LedgerGap(long unsettled, Duration longestUnsettled, long estimated) {}
