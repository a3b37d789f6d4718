package dev.parley.conversation.business.response;

import java.util.regex.Pattern;

/**
 * What usage-billing charged.
 *
 * @param micros millionths of the currency's unit
 * @param currency ISO 4217
 */
public record Cost(long micros, String currency) {
    private static final Pattern ISO_4217 = Pattern.compile("[A-Z]{3}");

    public Cost {
        if (micros < 0 || !ISO_4217.matcher(currency).matches()) {
            throw new IllegalArgumentException("no cost");
        }
    }
}
