package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.generation.PayloadBounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The bounds of the log of payloads. */
@ConfigMapping(prefix = "parley.payload-log")
public interface PayloadSettings {
    /** How many calls may wait to be kept; more are not kept. */
    @WithDefault("1000")
    int mostWaiting();

    /** How many characters their texts may have together. */
    @WithDefault("16000000")
    long mostCharacters();

    /** How long identity is waited for about a policy, and moderation about a redaction. */
    @WithDefault("5s")
    Duration patience();

    /** How long an organization's policy is believed before it is asked for again. */
    @WithDefault("5s")
    Duration policyTimeToLive();

    /** How many organizations' policies are remembered. */
    @WithDefault("10000")
    long mostPolicies();

    /** How often what has outlived its time is deleted. */
    @WithDefault("1m")
    Duration cleanUpInterval();

    /** Hands the bounds on. */
    final class Bounds {
        private Bounds() {}

        @Produces
        @Singleton
        static PayloadBounds bounds(PayloadSettings settings) {
            return new PayloadBounds(
                    settings.mostWaiting(), settings.mostCharacters(), settings.patience());
        }
    }
}
