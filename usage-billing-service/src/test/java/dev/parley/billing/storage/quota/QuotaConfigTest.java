package dev.parley.billing.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuotaConfigTest {
    @Test
    void hasTheDocumentedDefaults() {
        QuotaConfig config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withConverter(
                                Duration.class,
                                200,
                                new io.quarkus.runtime.configuration.DurationConverter())
                        .withMapping(QuotaConfig.class)
                        .build()
                        .getConfigMapping(QuotaConfig.class);

        assertThat(config.reservationLease()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.sweepInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.sweepBatchSize()).isEqualTo(200);
        assertThat(config.refreshInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.admission().workers()).isEqualTo(1);
        assertThat(config.admission().queueSize()).isEqualTo(2000);
        assertThat(config.admission().batchSize()).isEqualTo(256);
        assertThat(config.admission().lingerTime()).isEqualTo(Duration.ZERO);
    }
}
