package dev.parley.gateway.business.generation;

import java.time.Duration;
import java.util.Locale;

/** What an organization wants kept of its calls, and for how long. */
public record PayloadPolicy(Mode mode, Duration timeToLive) {
    /** Nothing is kept. */
    public static final PayloadPolicy OFF = new PayloadPolicy(Mode.OFF, Duration.ZERO);

    /** How much is kept. */
    public enum Mode {
        OFF,
        /** Who called which model and what came of it. */
        METADATA,
        /** Text, too, without personal data, secrets and terms. */
        REDACTED,
        /** Text as it was sent and shown. */
        FULL;

        /** The contract's spelling. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PayloadPolicy {
        if (mode != Mode.OFF && !timeToLive.isPositive()) {
            throw new IllegalArgumentException("kept for no time");
        }
    }

    public boolean isOff() {
        return mode == Mode.OFF;
    }
}
