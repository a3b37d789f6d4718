package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.generation.GenerationPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The bounds of calls and of their records. */
@ConfigMapping(prefix = "parley.generation")
public interface GenerationSettings {
    /** How often the provider is asked at most, before any text came. */
    @WithDefault("2")
    int attempts();

    /** The pause between attempts. */
    @WithDefault("50ms")
    Duration retryPause();

    /** The time until the provider's first text; a model may have to be loaded first. */
    @WithDefault("120s")
    Duration firstTokenTimeout();

    /** The time between two texts of the provider. */
    @WithDefault("30s")
    Duration betweenTokensTimeout();

    /** The time of a whole answer. */
    @WithDefault("10m")
    Duration totalTimeout();

    /** The time for which a client may leave unread what it is sent; then it counts as gone. */
    @WithDefault("30s")
    Duration unreadTimeout();

    /** How many calls a replica has open at once; more are refused as overload. */
    @WithDefault("2000")
    int mostOpen();

    /** The most usage records of one commit. */
    @WithDefault("256")
    int commitBatchSize();

    /** The pause before a failed commit is tried again. */
    @WithDefault("250ms")
    Duration commitRetryPause();

    /** The time that records have at shutdown. */
    @WithDefault("10s")
    Duration flushTimeout();

    /** Hands the settings on as the domain's policy. */
    @ApplicationScoped
    class Policies {
        @Produces
        @Singleton
        GenerationPolicy generation(GenerationSettings settings) {
            return new GenerationPolicy(
                    settings.attempts(),
                    settings.retryPause(),
                    settings.firstTokenTimeout(),
                    settings.betweenTokensTimeout(),
                    settings.totalTimeout(),
                    settings.unreadTimeout(),
                    settings.mostOpen());
        }

        @Produces
        @Singleton
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
