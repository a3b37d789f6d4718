package dev.parley.billing.business.quota;

import java.time.Duration;

/**
 * How long reservations hold.
 *
 * @param lease how long without a sign of life
 * @param sweepBatch how many expired ones are settled in one transaction
 */
public record LeasePolicy(Duration lease, int sweepBatch) {
    public LeasePolicy {
        if (!lease.isPositive() || sweepBatch < 1) {
            throw new IllegalArgumentException("not a lease: " + lease + ", " + sweepBatch);
        }
    }
}
