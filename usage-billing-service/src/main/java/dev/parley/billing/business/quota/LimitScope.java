package dev.parley.billing.business.quota;

import java.util.Locale;

/** Whose use a limit counts together. */
public enum LimitScope {
    ORGANIZATION;

    /** The public spelling. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
