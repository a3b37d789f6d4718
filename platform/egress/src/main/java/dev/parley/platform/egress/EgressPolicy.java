package dev.parley.platform.egress;

import java.time.Duration;
import java.util.Set;

/**
 * What may be asked, and how much may come back.
 *
 * @param schemes of {@code http} and {@code https}
 * @param ports that may be asked
 * @param operatorOrigins origins that the operator vouches for: of any scheme's port, public or not
 * @param connectTimeout until a connection is made
 * @param deadline of the whole exchange, from the name's resolution to the last byte
 * @param largestHead in bytes
 * @param largestBody in bytes
 * @param mostOpen requests at once
 */
public record EgressPolicy(
        Set<String> schemes,
        Set<Integer> ports,
        Set<String> operatorOrigins,
        Duration connectTimeout,
        Duration deadline,
        int largestHead,
        int largestBody,
        int mostOpen) {
    public EgressPolicy {
        schemes = Set.copyOf(schemes);
        ports = Set.copyOf(ports);
        operatorOrigins = Set.copyOf(operatorOrigins);
        if (!Set.of("http", "https").containsAll(schemes)) {
            throw new IllegalArgumentException("schemes other than http and https");
        }
        if (largestHead < 1 || largestBody < 1 || mostOpen < 1) {
            throw new IllegalArgumentException("bounds have to be at least 1");
        }
    }
}
