package dev.parley.platform.telemetry;

import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.arc.Unremovable;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What Quarkus makes the SDK of, where there is one. */
class TelemetryBeans {
    @Produces
    @Singleton
    @Unremovable
    SpanProcessor spanProcessor(
            @ConfigProperty(name = CollectorSwitch.ENDPOINT) Optional<String> endpoint,
            Instance<Vertx> vertx) {
        if (endpoint.isEmpty() || endpoint.get().isBlank()) {
            return SpanProcessor.composite();
        }
        Tracing.turnedOn();
        return new CollectorExport(URI.create(endpoint.get()), vertx::get);
    }

    @Produces
    @Singleton
    @Unremovable
    Sampler sampler(
            @ConfigProperty(name = "parley.trace-ratio", defaultValue = "1.0") double ratio) {
        return new TraceSampler(ratio);
    }
}
