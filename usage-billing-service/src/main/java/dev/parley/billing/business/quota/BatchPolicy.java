package dev.parley.billing.business.quota;

import java.time.Duration;

/**
 * How admissions are gathered into transactions.
 *
 * @param workers how many transactions may be under way
 * @param queue how many calls may wait
 * @param batch the most calls in one transaction
 * @param linger how long a transaction waits for more calls before it begins
 * @param patience how long a call waits for its decision
 */
public record BatchPolicy(int workers, int queue, int batch, Duration linger, Duration patience) {
    public BatchPolicy {
        if (workers < 1
                || queue < 1
                || batch < 1
                || linger.isNegative()
                || !patience.isPositive()) {
            throw new IllegalArgumentException("not a way to gather: " + workers + ", " + queue);
        }
    }
}
