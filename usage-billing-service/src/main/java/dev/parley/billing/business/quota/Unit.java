package dev.parley.billing.business.quota;

import java.util.Locale;

/** What a limit counts. */
public enum Unit {
    REQUESTS,
    TOKENS;

    /** The public spelling. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
