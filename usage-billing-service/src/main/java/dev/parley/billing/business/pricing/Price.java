package dev.parley.billing.business.pricing;

import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;

/**
 * What a model costs from some moment on.
 *
 * @param model the model; {@link #ANY_MODEL} for those without a price of their own
 * @param version counts the model's prices from 1
 * @param input micro-units per million input tokens that were not cached
 * @param cachedInput micro-units per million input tokens that were cached
 * @param output micro-units per million output tokens
 */
public record Price(
        ModelName model,
        int version,
        Instant effectiveFrom,
        Currency currency,
        long input,
        long cachedInput,
        long output) {
    /** The name under which the price of every unlisted model stands. */
    public static final ModelName ANY_MODEL = new ModelName("*");

    private static final BigDecimal PER_MILLION = BigDecimal.valueOf(1_000_000);

    /** A call's cost is rounded once, half to even, so that rounding favours nobody. */
    private static final RoundingMode COST_ROUNDING = RoundingMode.HALF_EVEN;

    public Price {
        if (version < 1 || input < 0 || cachedInput < 0 || output < 0) {
            throw new IllegalArgumentException("not a price: " + model + " " + version);
        }
    }

    /** What the usage costs, rounded once to whole micro-units. */
    public Money costOf(TokenUsage usage) {
        BigDecimal exact =
                product(usage.input() - usage.cachedInput(), input)
                        .add(product(usage.cachedInput(), cachedInput))
                        .add(product(usage.output(), output));
        return new Money(exact.divide(PER_MILLION, 0, COST_ROUNDING).longValueExact(), currency);
    }

    private static BigDecimal product(long tokens, long perMillion) {
        return BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(perMillion));
    }
}
