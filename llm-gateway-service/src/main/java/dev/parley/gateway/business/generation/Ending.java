package dev.parley.gateway.business.generation;

import java.util.Locale;

/** How a call ended, as its usage record says. */
public enum Ending {
    STOP,
    LENGTH,
    CONTENT_FILTER,
    CANCELLED,
    CLIENT_GONE,
    UPSTREAM_FAILED;

    /** The contract's spelling. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
