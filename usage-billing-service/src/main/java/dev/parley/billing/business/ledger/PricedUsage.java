package dev.parley.billing.business.ledger;

import dev.parley.billing.business.metering.ResponseId;
import dev.parley.billing.business.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * A charge that others learn of.
 *
 * @param response the response that the call made, if it is known
 * @param replaced what an estimate had charged for the same call and is taken back; null for none
 */
public record PricedUsage(
        LedgerEntry entry, @Nullable ResponseId response, @Nullable Money replaced) {}
