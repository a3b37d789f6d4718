package dev.parley.billing.business.ledger;

import dev.parley.billing.business.metering.TokenUsage;
import dev.parley.billing.business.pricing.Money;

/**
 * What an entry moves: quantities and money, negative where an earlier entry is taken back.
 *
 * @param requests how many calls it counts for: 1, 0 for a further attempt, -1 for a reversal
 */
public record Movement(
        long requests, long inputTokens, long cachedInputTokens, long outputTokens, Money cost) {

    public static Movement of(long requests, TokenUsage usage, Money cost) {
        return new Movement(requests, usage.input(), usage.cachedInput(), usage.output(), cost);
    }

    public Movement plus(Movement other) {
        return new Movement(
                Math.addExact(requests, other.requests),
                Math.addExact(inputTokens, other.inputTokens),
                Math.addExact(cachedInputTokens, other.cachedInputTokens),
                Math.addExact(outputTokens, other.outputTokens),
                cost.plus(other.cost));
    }

    public Movement negated() {
        return new Movement(
                -requests, -inputTokens, -cachedInputTokens, -outputTokens, cost.negated());
    }
}
