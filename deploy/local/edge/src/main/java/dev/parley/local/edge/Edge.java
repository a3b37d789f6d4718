package dev.parley.local.edge;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The one origin before the services, and, where a service has several replicas, the one address
 * under which its neighbours find them. A process of its own, so that what it costs can be told
 * from what the launcher costs, and so that neither goes down with the other.
 */
public final class Edge implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;

    private final Vertx vertx;
    private final Readiness readiness;
    private final int port;

    private Edge(Vertx vertx, Readiness readiness, int port) {
        this.vertx = vertx;
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
        while (System.in.read() >= 0) {
            // Only the end of the stream matters.
        }
        System.exit(0);
    }

    public static Edge start(EdgeConfiguration configuration) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
        Map<String, Replicas> services =
                configuration.services().entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        it -> new Replicas(it.getValue().replicas())));
        EdgeTraces traces = EdgeTraces.to(configuration.collector());
        AtomicInteger boundPort = new AtomicInteger();
        try {
            await(
                    vertx.deployVerticle(
                            () -> new EdgeListener(configuration, services, traces, boundPort),
                            new DeploymentOptions().setInstances(EVENT_LOOPS)));
        } catch (RuntimeException e) {
            vertx.close();
            throw e;
        }
        Readiness readiness = new Readiness(vertx);
        readiness.watch(services.values());
        return new Edge(vertx, readiness, boundPort.get());
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        readiness.close();
        await(vertx.close());
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the edge: " + e.getMessage(), e);
        }
    }
}
