package dev.parley.platform.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How deeds and refusals get on record. */
@ConfigMapping(prefix = "parley.audit")
public interface AuditConfig {
    /** The type of this service's audit events. */
    String eventType();

    /** How often refusals that are due are written. */
    @WithDefault("1s")
    Duration refusalWriteInterval();

    /** How long repetitions of a refusal are counted before they are told as one event. */
    @WithDefault("1m")
    Duration refusalInterval();

    /** The most different refusals that are counted apart; beyond, an organization's are one. */
    @WithDefault("2000")
    int refusalKeys();
}
