package dev.parley.billing.business.pricing;

import java.util.Currency;

/**
 * An amount of money.
 *
 * @param microUnits millionths of the currency's unit; negative for what is given back
 */
public record Money(long microUnits, Currency currency) {
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " do not add");
        }
        return new Money(Math.addExact(microUnits, other.microUnits), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(microUnits), currency);
    }
}
