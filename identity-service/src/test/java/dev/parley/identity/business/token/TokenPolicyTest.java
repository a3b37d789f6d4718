package dev.parley.identity.business.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenPolicyTest {
    static TokenPolicy aPolicy() {
        return policy(Duration.ofMinutes(10), Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    private static TokenPolicy policy(Duration access, Duration exchanged, Duration grace) {
        return new TokenPolicy(
                access,
                exchanged,
                Duration.ofDays(30),
                Duration.ofDays(1),
                grace,
                Duration.ofDays(30),
                Duration.ofSeconds(60));
    }

    @Test
    void whatHappenedBeforeTheHorizonTouchesNoTokenThatIsGood() {
        Instant now = Instant.parse("2026-11-01T12:00:00Z");

        assertThat(aPolicy().horizon(now)).isEqualTo(Instant.parse("2026-11-01T11:49:00Z"));
    }

    @Test
    void theHorizonLiesBeforeTheLongestLivedToken() {
        Instant now = Instant.parse("2026-11-01T12:00:00Z");
        TokenPolicy longerExchanged =
                policy(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10));

        assertThat(longerExchanged.horizon(now)).isEqualTo(Instant.parse("2026-11-01T11:58:00Z"));
    }

    @Test
    void keepsTheLivesThatOtherServicesRelyOn() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> policy(Duration.ofMinutes(11), minute, minute))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy(minute, Duration.ofSeconds(61), minute))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy(minute, Duration.ZERO, minute))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy(minute, minute, Duration.ofMinutes(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
