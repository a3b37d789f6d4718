package dev.parley.identity.business.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.business.credential.LoginThrottle.Attempt;
import dev.parley.identity.business.credential.LoginThrottle.Limit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private final Limit limit =
            new Limit(3, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(5));

    @Test
    void letsTheFreeAttemptsThroughAtOnce() {
        assertThat(after(3).attempts()).isEqualTo(3);
        assertThat(after(3).attempt(NOON, limit))
                .isEqualTo(new Attempt.Blocked(Duration.ofSeconds(1)));
    }

    @Test
    void doublesTheWaitWithEachFurtherAttemptUpToTheLongest() {
        assertThat(waitAfter(3)).isEqualTo(Duration.ofSeconds(1));
        assertThat(waitAfter(4)).isEqualTo(Duration.ofSeconds(2));
        assertThat(waitAfter(6)).isEqualTo(Duration.ofSeconds(8));
        assertThat(waitAfter(7)).isEqualTo(Duration.ofSeconds(10));
        assertThat(waitAfter(1_000_000)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aBlockedAttemptCountsForNothing() {
        LoginThrottle throttle = after(3);

        assertThat(throttle.attempt(NOON.plusMillis(400), limit))
                .isEqualTo(new Attempt.Blocked(Duration.ofMillis(600)));
        assertThat(throttle.attempt(NOON.plusSeconds(1), limit))
                .isEqualTo(new Attempt.Allowed(new LoginThrottle(4, NOON.plusSeconds(1))));
    }

    @Test
    void anAttemptWhoseClockIsBehindTheLastOneIsStillFree() {
        assertThat(after(2).attempt(NOON.minusMillis(3), limit))
                .isEqualTo(new Attempt.Allowed(new LoginThrottle(3, NOON)));
        assertThat(after(3).attempt(NOON.minusMillis(3), limit))
                .isEqualTo(new Attempt.Blocked(Duration.ofSeconds(1)));
    }

    @Test
    void forgetsAfterAPause() {
        Instant later = NOON.plus(Duration.ofMinutes(5)).plusMillis(1);

        assertThat(new LoginThrottle(50, NOON).attempt(later, limit))
                .isEqualTo(new Attempt.Allowed(new LoginThrottle(1, later)));
    }

    @Test
    void takesAnAttemptBackButNotBelowNone() {
        assertThat(new LoginThrottle(2, NOON).takenBack().attempts()).isEqualTo(1);
        assertThat(LoginThrottle.UNUSED.takenBack().attempts()).isZero();
    }

    @Test
    void refusesABackOffThatIsNone() {
        assertThatThrownBy(
                        () ->
                                new Limit(
                                        0,
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new Limit(
                                        1,
                                        Duration.ofSeconds(9),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(10)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Duration waitAfter(int attempts) {
        return switch (new LoginThrottle(attempts, NOON).attempt(NOON, limit)) {
            case Attempt.Blocked blocked -> blocked.retryAfter();
            case Attempt.Allowed ignored -> Duration.ZERO;
        };
    }

    private LoginThrottle after(int attempts) {
        LoginThrottle throttle = LoginThrottle.UNUSED;
        for (int i = 0; i < attempts; i++) {
            Attempt attempt = throttle.attempt(NOON, limit);
            assertThat(attempt).isInstanceOf(Attempt.Allowed.class);
            throttle = ((Attempt.Allowed) attempt).after();
        }
        return throttle;
    }
}
