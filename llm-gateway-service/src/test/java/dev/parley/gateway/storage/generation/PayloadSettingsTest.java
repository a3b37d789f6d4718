package dev.parley.gateway.storage.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.business.generation.PayloadBounds;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PayloadSettingsTest {
    @Test
    void hasDefaults() {
        PayloadSettings settings =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withConverter(
                                Duration.class,
                                200,
                                new io.quarkus.runtime.configuration.DurationConverter())
                        .withMapping(PayloadSettings.class)
                        .build()
                        .getConfigMapping(PayloadSettings.class);

        assertThat(PayloadSettings.Bounds.bounds(settings))
                .isEqualTo(new PayloadBounds(1000, 16_000_000, Duration.ofSeconds(5)));
        assertThat(settings.policyTimeToLive()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.mostPolicies()).isEqualTo(10_000);
        assertThat(settings.cleanUpInterval()).isEqualTo(Duration.ofMinutes(1));
    }
}
