package dev.parley.gateway.business.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.business.generation.Failure;
import dev.parley.gateway.business.generation.GenerationPolicy;
import dev.parley.gateway.business.provider.ProviderFailure.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReactionTest {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final GenerationPolicy POLICY =
            new GenerationPolicy(
                    3,
                    PAUSE,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30),
                    100);

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "FAULT"})
    void asksAgainUntilTheAttemptsAreUsedUp(Kind failure) {
        assertThat(Reaction.to(failure, 1, false, POLICY)).isEqualTo(new Reaction.Retry(PAUSE));
        assertThat(Reaction.to(failure, 2, false, POLICY)).isEqualTo(new Reaction.Retry(PAUSE));
        assertThat(Reaction.to(failure, 3, false, POLICY))
                .isEqualTo(new Reaction.GiveUp(Failure.UPSTREAM_ERROR, false));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "FAULT"})
    void neverAsksAgainAfterTextHasCome(Kind failure) {
        assertThat(Reaction.to(failure, 1, true, POLICY))
                .isEqualTo(new Reaction.GiveUp(Failure.UPSTREAM_ERROR, true));
    }

    @Test
    void chargesWhatBrokeOffAndNotWhatWasRefused() {
        assertThat(Reaction.to(Kind.BROKEN_OFF, 1, false, POLICY))
                .isEqualTo(new Reaction.GiveUp(Failure.UPSTREAM_ERROR, true));
        assertThat(Reaction.to(Kind.REQUEST_REFUSED, 1, false, POLICY))
                .isEqualTo(new Reaction.GiveUp(Failure.UPSTREAM_REFUSED, false));
    }
}
