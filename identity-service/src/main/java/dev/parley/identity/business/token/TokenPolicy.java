package dev.parley.identity.business.token;

import java.time.Duration;
import java.time.Instant;

/**
 * How long things last.
 *
 * @param accessTokenLife of an access token
 * @param exchangedTokenLife at most, of an exchanged one
 * @param sessionLife of a person's session
 * @param guestSessionLife of a guest's
 * @param refreshGrace how long a used refresh token gives its successor again
 * @param signingKeyLife how long a key signs
 * @param leeway the tolerance for clocks, added wherever a token's end is waited for
 */
public record TokenPolicy(
        Duration accessTokenLife,
        Duration exchangedTokenLife,
        Duration sessionLife,
        Duration guestSessionLife,
        Duration refreshGrace,
        Duration signingKeyLife,
        Duration leeway) {
    /** Other services forget a revocation after a quarter of an hour. */
    private static final Duration LONGEST_ACCESS_TOKEN = Duration.ofMinutes(10);

    public TokenPolicy {
        if (!accessTokenLife.isPositive() || accessTokenLife.compareTo(LONGEST_ACCESS_TOKEN) > 0) {
            throw new IllegalArgumentException("an access token lives up to 10 minutes");
        }
        if (!exchangedTokenLife.isPositive()
                || exchangedTokenLife.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("an exchanged token lives up to 60 seconds");
        }
        if (!sessionLife.isPositive() || !guestSessionLife.isPositive() || leeway.isNegative()) {
            throw new IllegalArgumentException("a life below zero");
        }
        if (refreshGrace.isNegative() || refreshGrace.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("a grace lasts up to a minute");
        }
        if (signingKeyLife.compareTo(accessTokenLife.plus(leeway)) <= 0) {
            throw new IllegalArgumentException("a key outlives the tokens that it signed");
        }
    }

    /** The moment before which nothing can touch a token that is still good. */
    public Instant horizon(Instant now) {
        return now.minus(longestLife()).minus(leeway);
    }

    private Duration longestLife() {
        return accessTokenLife.compareTo(exchangedTokenLife) > 0
                ? accessTokenLife
                : exchangedTokenLife;
    }
}
