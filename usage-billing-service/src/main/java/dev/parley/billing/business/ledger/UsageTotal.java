package dev.parley.billing.business.ledger;

/**
 * What was used under one key, such as one model's name, in one period.
 *
 * @param key the value of the dimension that is summed up by
 */
public record UsageTotal(String key, Movement sum) {}
