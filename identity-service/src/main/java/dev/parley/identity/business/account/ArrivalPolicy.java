package dev.parley.identity.business.account;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How many accounts one address may open in a clock hour. */
public record ArrivalPolicy(int guestsPerHour, int registrationsPerHour) {
    public ArrivalPolicy {
        if (guestsPerHour < 0 || registrationsPerHour < 0) {
            throw new IllegalArgumentException("a cap below zero");
        }
    }

    public int most(Arrivals.Kind kind) {
        return switch (kind) {
            case GUEST -> guestsPerHour;
            case REGISTRATION -> registrationsPerHour;
        };
    }

    /** The beginning of the hour that counts now. */
    public Instant windowStart(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS);
    }

    /** How long until the next hour begins. */
    public Duration untilNextWindow(Instant now) {
        return Duration.between(now, windowStart(now).plus(1, ChronoUnit.HOURS));
    }
}
