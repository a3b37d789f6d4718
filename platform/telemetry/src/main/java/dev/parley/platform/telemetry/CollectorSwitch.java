package dev.parley.platform.telemetry;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Turns tracing on where a collector is configured, and every part of it off where none is. */
public final class CollectorSwitch implements ConfigSourceFactory {
    static final String ENDPOINT = "parley.otlp-endpoint";

    /** Above the defaults, below everything that an operator may set. */
    private static final int ORDINAL = 110;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        @Nullable String endpoint = context.getValue(ENDPOINT).getValue();
        boolean on = endpoint != null && !endpoint.isBlank();
        return List.of(
                new PropertiesConfigSource(
                        Map.of(
                                "quarkus.otel.sdk.disabled", String.valueOf(!on),
                                "quarkus.datasource.jdbc.telemetry.enabled", String.valueOf(on)),
                        "whether there is a collector",
                        ORDINAL));
    }
}
