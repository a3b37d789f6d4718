package dev.parley.moderation.storage.screening;

import dev.parley.moderation.business.screening.ScreeningLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Bounds of screening. */
@ConfigMapping(prefix = "parley.moderation.screening")
interface ScreeningConfig {
    /** The longest text that a client may have judged, in UTF-16 units. */
    @WithDefault("262144")
    int longestTextCharacters();

    /** Texts up to this many UTF-16 units are screened on the event loop. */
    @WithDefault("16384")
    int eventLoopCharacters();

    /** Makes the business value. */
    @Dependent
    class Producer {
        @Produces
        @Singleton
        ScreeningLimits limits(ScreeningConfig config) {
            return new ScreeningLimits(
                    config.longestTextCharacters(), config.eventLoopCharacters());
        }
    }
}
