package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.response.TurnPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Configuration of the column response. */
@ConfigMapping(prefix = "parley.turns")
public interface TurnConfig {
    /** How long a running turn stays with a replica that is not heard of. */
    @WithDefault("10s")
    Duration lease();

    /** How often leases are renewed and wishes to cancel are looked for. */
    @WithDefault("1s")
    Duration leaseCheckInterval();

    /** How often turns are looked for whose lease has ended. */
    @WithDefault("5s")
    Duration sweepInterval();

    /** How long the gateway may take to admit or refuse a turn. */
    @WithDefault("15s")
    Duration admissionTimeout();

    /** How long an admitted generation may say nothing. */
    @WithDefault("120s")
    Duration idleTimeout();

    /** How often what turns say is committed to the replay log. */
    @WithDefault("25ms")
    Duration commitInterval();

    /**
     * How long the end of a turn may take to be recorded before its watchers are told that it
     * failed, with what was committed.
     */
    @WithDefault("2m")
    Duration endingPatience();

    /** How long turns may go on that nobody watches when this replica ends. */
    @WithDefault("5s")
    Duration drainTimeout();

    /** The most connections to the gateway, which is the most turns that run at once. */
    @WithDefault("2000")
    int gatewayConnections();

    /** How long a connection to the gateway may take. */
    @WithDefault("1s")
    Duration gatewayConnectTimeout();

    /** Makes the policy of it. */
    final class Policies {
        private Policies() {}

        @Produces
        @Singleton
        static TurnPolicy policy(TurnConfig config) {
            return new TurnPolicy(
                    config.lease(),
                    config.admissionTimeout(),
                    config.idleTimeout(),
                    config.commitInterval(),
                    config.endingPatience(),
                    config.drainTimeout());
        }
    }
}
