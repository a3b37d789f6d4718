package dev.parley.platform.grid.canary.business.column;

import java.time.Instant;

/** Gives another answer tomorrow. */
public record PolicyThatReadsTheClock(Instant from) {
    boolean isOpen() {
        return Instant.now().isAfter(from);
    }
}
