package dev.parley.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EgressConfigTest {
    @Test
    void hasDefaults() {
        assertThat(policy(Map.of()))
                .isEqualTo(
                        new EgressPolicy(
                                Set.of("https", "http"),
                                Set.of(443, 80),
                                Set.of(),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                16_384,
                                1_048_576,
                                64));
    }

    @Test
    void takesOriginsOutOfAddresses() {
        assertThat(
                        policy(
                                        Map.of(
                                                "parley.egress.operator-origins",
                                                "http://localhost:11434/v1,https://models.example"))
                                .operatorOrigins())
                .containsExactlyInAnyOrder("http://localhost:11434", "https://models.example:443");
    }

    @Test
    void refusesOtherSchemes() {
        assertThatThrownBy(() -> policy(Map.of("parley.egress.schemes", "ftp")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static EgressPolicy policy(Map<String, String> settings) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withConverter(
                                Duration.class,
                                200,
                                new io.quarkus.runtime.configuration.DurationConverter())
                        .withMapping(EgressConfig.class);
        settings.forEach(builder::withDefaultValue);
        return EgressConfig.Policies.policy(builder.build().getConfigMapping(EgressConfig.class));
    }
}
