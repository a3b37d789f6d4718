package dev.parley.gateway.storage.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.business.generation.GenerationPolicy;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GenerationSettingsTest {
    @Test
    void hasDefaults() {
        GenerationSettings settings =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withConverter(
                                Duration.class,
                                200,
                                new io.quarkus.runtime.configuration.DurationConverter())
                        .withMapping(GenerationSettings.class)
                        .build()
                        .getConfigMapping(GenerationSettings.class);

        assertThat(new GenerationSettings.Policies().generation(settings))
                .isEqualTo(
                        new GenerationPolicy(
                                2,
                                Duration.ofMillis(50),
                                Duration.ofSeconds(120),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(30),
                                2000));
        assertThat(settings.commitBatchSize()).isEqualTo(256);
        assertThat(settings.commitRetryPause()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.flushTimeout()).isEqualTo(Duration.ofSeconds(10));
    }
}
