package dev.parley.identity.storage.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of the token column. */
@ConfigMapping(prefix = "parley.token")
interface TokenSettings {
    /** Life of an access token; at most 10 minutes. */
    @WithDefault("10m")
    Duration accessTokenLife();

    /** Most life of an exchanged token; at most 60 seconds. */
    @WithDefault("60s")
    Duration exchangedTokenLife();

    /** Life of a person's session. */
    @WithDefault("30d")
    Duration sessionLife();

    /** Life of a guest's session. */
    @WithDefault("1d")
    Duration guestSessionLife();

    /** How long a used refresh token gives its successor again. */
    @WithDefault("10s")
    Duration refreshGrace();

    /** How long a key signs. */
    @WithDefault("30d")
    Duration signingKeyLife();

    /** The tolerance for clocks. */
    @WithDefault("60s")
    Duration leeway();

    /** How often it is looked whether a key has signed long enough. */
    @WithDefault("1h")
    Duration signingKeyCheckInterval();

    /** How often other replicas' keys are read. */
    @WithDefault("5s")
    Duration signingKeyReloadInterval();

    /** How often what is over is dropped. */
    @WithDefault("5m")
    Duration cleanUpInterval();
}
