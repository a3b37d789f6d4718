package dev.parley.platform.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * {@code parley_ready}: 1 while {@code /q/health/ready} says so, else 0. It is measured when the
 * metrics are asked for.
 */
@ApplicationScoped
class ReadinessGauge {
    private static final long MEASURED_FOR = Duration.ofSeconds(2).toNanos();

    private final SmallRyeHealthReporter health;
    private boolean ready;
    private boolean measured;
    private long measuredAt;

    @Inject
    ReadinessGauge(SmallRyeHealthReporter health) {
        this.health = health;
    }

    void register(@Observes StartupEvent started, MeterRegistry meters) {
        Gauge.builder("parley.ready", () -> ready() ? 1 : 0)
                .description("Whether the process is ready to serve")
                .register(meters);
    }

    private synchronized boolean ready() {
        long now = System.nanoTime();
        if (!measured || now - measuredAt > MEASURED_FOR) {
            ready = !health.getReadiness().isDown();
            measured = true;
            measuredAt = now;
        }
        return ready;
    }
}
