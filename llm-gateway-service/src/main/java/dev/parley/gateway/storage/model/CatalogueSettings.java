package dev.parley.gateway.storage.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a model gets that is discovered, not configured. */
@ConfigMapping(prefix = "parley.model")
public interface CatalogueSettings {
    /** Tokens granted to a caller who asks for no number. */
    @WithDefault("1024")
    long defaultOutputTokens();

    /** The context window of a model whose provider does not tell one, in tokens. */
    @WithDefault("4096")
    long defaultContextWindow();

    /** The largest window that is used of a model that could do more: memory grows with it. */
    @WithDefault("32768")
    long largestContextWindow();

    /** How often the provider is asked for its models. */
    @WithDefault("10s")
    Duration refreshInterval();

    /** How often it is looked whether the catalogue was changed elsewhere. */
    @WithDefault("1s")
    Duration changePollInterval();

    /** How long an answer of usage-billing about what a plan covers is believed. */
    @WithDefault("5s")
    Duration coverageTimeToLive();
}
