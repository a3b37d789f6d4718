package dev.parley.billing.business.ledger;

import dev.parley.billing.business.metering.ResponseId;
import org.jspecify.annotations.Nullable;

/**
 * A charge that others learn of.
 *
 * @param response the response that the call made, if it is known
 */
public record PricedUsage(LedgerEntry entry, @Nullable ResponseId response) {}
