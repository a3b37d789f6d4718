package dev.parley.local.listener;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A server as listeners on a few event loops, one on each. */
public final class EventLoops implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final String name;
    private final Vertx vertx;

    private EventLoops(String name, Vertx vertx) {
        this.name = name;
        this.vertx = vertx;
    }

    /**
     * Returns when all of them listen.
     *
     * @param name of the server, for messages
     * @param listener makes one
     * @throws IllegalStateException if one cannot start; nothing is left of the others then
     */
    public static EventLoops start(String name, int count, Supplier<Verticle> listener) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(count));
        EventLoops loops = new EventLoops(name, vertx);
        try {
            loops.await(
                    vertx.deployVerticle(listener, new DeploymentOptions().setInstances(count)));
            return loops;
        } catch (RuntimeException e) {
            loops.close();
            throw e;
        }
    }

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void await(Future<?> future) {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Ends this process with its standard input, whose other end whoever started it holds, so that
     * it cannot outlive them.
     */
    public static void endWithStarter() throws IOException {
        while (System.in.read() >= 0) {
            // Only the end of the stream matters.
        }
        System.exit(0);
    }
}
