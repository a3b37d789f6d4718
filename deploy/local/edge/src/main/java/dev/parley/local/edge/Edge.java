package dev.parley.local.edge;

import dev.parley.local.listener.EventLoops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The one origin before the services, and, where a service has several replicas, the one address
 * under which its neighbours find them. A process of its own, so that what it costs can be told
 * from what the launcher costs, and so that neither goes down with the other.
 */
public final class Edge implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;

    private final EventLoops eventLoops;
    private final Readiness readiness;
    private final int port;

    private Edge(EventLoops eventLoops, Readiness readiness, int port) {
        this.eventLoops = eventLoops;
        this.readiness = readiness;
        this.port = port;
    }

    /**
     * Runs as the JSON file that is named says, until SIGTERM or the end of the standard input, so
     * that it cannot outlive whoever started it.
     */
    public static void main(String[] arguments) throws IOException {
        Edge edge = start(EdgeConfiguration.read(Path.of(arguments[0])));
        System.out.println("edge on " + edge.url());
        EventLoops.endWithStarter();
    }

    public static Edge start(EdgeConfiguration configuration) {
        Map<String, Replicas> services =
                configuration.services().entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        it -> new Replicas(it.getValue().replicas())));
        EdgeTraces traces = EdgeTraces.to(configuration.collector());
        AtomicInteger boundPort = new AtomicInteger();
        EventLoops eventLoops =
                EventLoops.start(
                        "the edge",
                        EVENT_LOOPS,
                        () -> new EdgeListener(configuration, services, traces, boundPort));
        Readiness readiness = new Readiness(eventLoops.vertx());
        readiness.watch(services.values());
        return new Edge(eventLoops, readiness, boundPort.get());
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        readiness.close();
        eventLoops.close();
    }
}
