package dev.parley.platform.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How repeated requests are answered. */
@ConfigMapping(prefix = "parley.idempotency")
public interface IdempotencyConfig {
    /** How long an SDK's retry waits for the first try, before it is told to come back. */
    @WithDefault("10s")
    Duration joinTimeout();

    /** How often answers are deleted whose time is over. */
    @WithDefault("5m")
    Duration cleanUpInterval();
}
