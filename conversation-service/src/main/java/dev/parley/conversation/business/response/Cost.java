package dev.parley.conversation.business.response;

/**
 * What usage-billing charged.
 *
 * @param micros millionths of the currency's unit
 * @param currency ISO 4217
 */
public record Cost(long micros, String currency) {}
