package dev.parley.identity.business.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalPolicyTest {
    private final ArrivalPolicy policy = new ArrivalPolicy(2, 3);

    @Test
    void countsByTheClockHour() {
        Instant now = Instant.parse("2026-11-01T12:59:30Z");

        assertThat(policy.windowStart(now)).isEqualTo(Instant.parse("2026-11-01T12:00:00Z"));
        assertThat(policy.untilNextWindow(now)).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.most(Arrivals.Kind.GUEST)).isEqualTo(2);
        assertThat(policy.most(Arrivals.Kind.REGISTRATION)).isEqualTo(3);
    }

    @Test
    void refusesACapBelowZero() {
        assertThatThrownBy(() -> new ArrivalPolicy(-1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
