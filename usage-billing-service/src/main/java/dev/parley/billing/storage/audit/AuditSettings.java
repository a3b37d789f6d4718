package dev.parley.billing.storage.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the heads of audit chains are signed. */
@ConfigMapping(prefix = "parley.audit-chain")
public interface AuditSettings {
    /** 32 bytes in base64 or hex; the same for all replicas. */
    String signingKey();

    /** How often heads that moved are signed and published. */
    @WithDefault("1m")
    Duration signInterval();
}
