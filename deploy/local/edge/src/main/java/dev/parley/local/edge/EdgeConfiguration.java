package dev.parley.local.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the edge is started with.
 *
 * @param port of the one origin, on the loopback address; 0 for a free one
 * @param services by their names in the path table
 * @param collector where spans go, by OTLP over HTTP; null for nowhere
 */
public record EdgeConfiguration(
        int port, Map<String, Service> services, @Nullable String collector) {

    public EdgeConfiguration {
        services = Map.copyOf(services);
    }

    /** Without a collector. */
    public EdgeConfiguration(int port, Map<String, Service> services) {
        this(port, services, null);
    }

    /**
     * The replicas of one service.
     *
     * @param balancerPort where the other services find them as one, on every path; null for none
     */
    public record Service(@Nullable Integer balancerPort, List<Replica> replicas) {
        public Service {
            replicas = List.copyOf(replicas);
        }
    }

    /**
     * One process.
     *
     * @param port of its HTTP interface
     * @param management port on which it says whether it is ready
     */
    public record Replica(int port, int management) {}

    static EdgeConfiguration read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), EdgeConfiguration.class);
    }

    /** As {@link #read} reads it. */
    public void write(Path file) throws IOException {
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    }
}
