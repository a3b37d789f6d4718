package dev.parley.identity.business.account;

import java.time.Instant;

/** How many accounts were opened from each address. */
public interface Arrivals {
    /** What is counted apart. */
    enum Kind {
        GUEST,
        REGISTRATION
    }

    /**
     * Counts one more in the window; false, and nothing is counted, when that would be too many.
     */
    boolean admit(Kind kind, ClientAddress address, Instant windowStart, int most);

    /** Drops the counts of windows that began before. */
    void forgetBefore(Instant instant);
}
