package dev.parley.platform.egress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The bounds of what leaves the installation. */
@ConfigMapping(prefix = "parley.egress")
public interface EgressConfig {
    @WithDefault("https,http")
    Set<String> schemes();

    @WithDefault("443,80")
    Set<Integer> ports();

    /** Addresses that the operator vouches for, as {@code scheme://host:port}. */
    Optional<Set<String>> operatorOrigins();

    @WithDefault("2s")
    Duration connectTimeout();

    /** Of the whole exchange. */
    @WithDefault("10s")
    Duration deadline();

    /** In bytes. */
    @WithDefault("16384")
    int largestHead();

    /** In bytes. */
    @WithDefault("1048576")
    int largestBody();

    @WithDefault("64")
    int mostOpen();

    /** Makes the policy of it. */
    final class Policies {
        private Policies() {}

        @Produces
        @Singleton
        static EgressPolicy policy(EgressConfig config) {
            return new EgressPolicy(
                    config.schemes(),
                    config.ports(),
                    config.operatorOrigins().orElse(Set.of()).stream()
                            .map(EgressTarget::originOf)
                            .collect(Collectors.toSet()),
                    config.connectTimeout(),
                    config.deadline(),
                    config.largestHead(),
                    config.largestBody(),
                    config.mostOpen());
        }
    }
}
