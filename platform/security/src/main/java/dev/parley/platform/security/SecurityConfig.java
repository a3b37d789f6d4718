package dev.parley.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where tokens come from, how they are checked, and how this service proves who it is. */
@ConfigMapping(prefix = "parley.security")
public interface SecurityConfig {
    /** {@code iss} of every token: the installation's public origin. */
    @WithDefault("${parley.issuer:http://localhost:8080}")
    String issuer();

    /** This service's own {@code client_id}. */
    @WithDefault("${parley.client.id:${quarkus.application.name}}")
    String clientId();

    /** Its {@code client_secret}; without one nothing can be exchanged. */
    @WithDefault("${parley.client.secret:}")
    Optional<String> clientSecret();

    /** How long an exchanged API key is trusted without asking again. */
    @WithDefault("60s")
    Duration exchangeCacheTimeToLive();

    /** How long an unknown API key is refused without asking again. */
    @WithDefault("2s")
    Duration refusalCacheTimeToLive();

    /** The most tokens whose verification is remembered. */
    @WithDefault("20000")
    long cachedTokens();

    /** The tolerance for clocks that differ. */
    @WithDefault("5s")
    Duration clockSkew();

    /** The least time between two fetches of the issuer's keys. */
    @WithDefault("5s")
    Duration keyRefetchInterval();

    /** How long the issuer's keys are believed before they are looked up again, in passing. */
    @WithDefault("60s")
    Duration keyMaxAge();

    /** How often the issuer's change feed is asked. */
    @WithDefault("1s")
    Duration changePollInterval();
}
