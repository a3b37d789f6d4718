package dev.parley.identity.storage.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.business.credential.LoginPolicy;
import dev.parley.identity.business.credential.LoginThrottle.Limit;
import dev.parley.identity.business.credential.PasswordPolicy;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class CredentialSettingsTest {
    private final CredentialSettings settings =
            new SmallRyeConfigBuilder()
                    .withMapping(CredentialSettings.class)
                    .withConverters(new Converter<?>[] {new DurationConverter()})
                    .build()
                    .getConfigMapping(CredentialSettings.class);

    @Test
    void theDefaultsAreThoseThatOperatorsAreTold() {
        assertThat(settings.password().memoryKib()).isEqualTo(19_456);
        assertThat(settings.password().iterations()).isEqualTo(2);
        assertThat(settings.password().concurrency()).isZero();
        assertThat(settings.password().queueLength()).isEqualTo(32);
        assertThat(settings.password().queueTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.clientCacheTimeToLive()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.operator().clientId()).isEqualTo("operator");
        assertThat(settings.operator().clientSecret()).isEmpty();
    }

    @Test
    void theDefaultsMakePolicies() {
        CredentialPolicies policies = new CredentialPolicies();

        assertThat(policies.passwordPolicy(settings)).isEqualTo(new PasswordPolicy(8, 128));
        assertThat(policies.loginPolicy(settings))
                .isEqualTo(new LoginPolicy(limit(10), limit(100)));
        assertThat(policies.configuredClients(settings).services()).isEmpty();
        assertThat(policies.configuredClients(settings).operators()).isEmpty();
    }

    private static Limit limit(int freeAttempts) {
        return new Limit(
                freeAttempts, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(1));
    }
}
