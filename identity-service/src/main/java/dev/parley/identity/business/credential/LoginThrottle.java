package dev.parley.identity.business.credential;

import java.time.Duration;
import java.time.Instant;

/**
 * How often someone has tried lately. An attempt counts before its password is looked at, so that
 * many at once get no further than one after the other; success takes it back.
 */
public record LoginThrottle(int attempts, Instant lastAttemptAt) {
    public static final LoginThrottle UNUSED = new LoginThrottle(0, Instant.EPOCH);

    /**
     * How many attempts are free, and how the wait after each further one grows.
     *
     * @param freeAttempts before the first wait
     * @param firstDelay doubles with each attempt
     * @param longestDelay where doubling ends
     * @param forgottenAfter a pause after which nothing counts any more
     */
    public record Limit(
            int freeAttempts, Duration firstDelay, Duration longestDelay, Duration forgottenAfter) {
        public Limit {
            if (freeAttempts < 1
                    || !firstDelay.isPositive()
                    || firstDelay.compareTo(longestDelay) > 0
                    || longestDelay.compareTo(forgottenAfter) > 0) {
                throw new IllegalArgumentException("not a back-off");
            }
        }

        Duration delayAfter(int attempts) {
            if (attempts < freeAttempts) {
                return Duration.ZERO;
            }
            int doublings = attempts - freeAttempts;
            if (doublings >= 30) {
                return longestDelay;
            }
            Duration delay = firstDelay.multipliedBy(1L << doublings);
            return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
        }
    }

    /** Whether one more may be made. */
    public sealed interface Attempt {
        record Allowed(LoginThrottle after) implements Attempt {}

        record Blocked(Duration retryAfter) implements Attempt {}
    }

    /**
     * One more.
     *
     * @param clock may be behind the last attempt, which another replica may have counted, or a
     *     thread that looked at the clock later and came first
     */
    public Attempt attempt(Instant clock, Limit limit) {
        Instant now = clock.isBefore(lastAttemptAt) ? lastAttemptAt : clock;
        if (now.isAfter(lastAttemptAt.plus(limit.forgottenAfter()))) {
            return new Attempt.Allowed(new LoginThrottle(1, now));
        }
        Duration wait = Duration.between(now, lastAttemptAt.plus(limit.delayAfter(attempts)));
        return wait.isPositive()
                ? new Attempt.Blocked(wait)
                : new Attempt.Allowed(new LoginThrottle(attempts + 1, now));
    }

    /** One attempt was no guess after all. */
    public LoginThrottle takenBack() {
        return new LoginThrottle(Math.max(0, attempts - 1), lastAttemptAt);
    }
}
