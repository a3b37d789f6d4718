package dev.parley.identity.storage.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.business.token.TokenPolicy;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class TokenSettingsTest {
    @Test
    void theDefaultsAreThoseThatOperatorsAreTold() {
        TokenSettings settings =
                new SmallRyeConfigBuilder()
                        .withMapping(TokenSettings.class)
                        .withConverters(new Converter<?>[] {new DurationConverter()})
                        .build()
                        .getConfigMapping(TokenSettings.class);

        assertThat(new TokenPolicies().tokenPolicy(settings))
                .isEqualTo(
                        new TokenPolicy(
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(60),
                                Duration.ofDays(30),
                                Duration.ofDays(1),
                                Duration.ofSeconds(10),
                                Duration.ofDays(30),
                                Duration.ofSeconds(60)));
        assertThat(settings.signingKeyCheckInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.signingKeyReloadInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.cleanUpInterval()).isEqualTo(Duration.ofMinutes(5));
    }
}
