package dev.parley.local.edge;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A real server that stands for one replica of a service, with a management port of its own. */
final class Peer implements AutoCloseable {
    private final Vertx vertx;
    private final AtomicInteger served = new AtomicInteger();
    private final HttpServer management;
    private final int port;
    private HttpServer http;
    private volatile boolean ready = true;
    private volatile Handler<HttpServerRequest> behaviour =
            request -> request.response().end(request.method() + " " + request.uri());

    Peer(Vertx vertx) {
        this.vertx = vertx;
        this.http = listen(0);
        this.port = http.actualPort();
        this.management =
                await(
                        vertx.createHttpServer(local())
                                .requestHandler(
                                        request ->
                                                request.response()
                                                        .setStatusCode(ready ? 200 : 503)
                                                        .end())
                                .listen(0));
    }

    private HttpServer listen(int onPort) {
        return await(
                vertx.createHttpServer(local())
                        .requestHandler(
                                request -> {
                                    served.incrementAndGet();
                                    behaviour.handle(request);
                                })
                        .listen(onPort));
    }

    private static HttpServerOptions local() {
        return new HttpServerOptions().setHost("127.0.0.1").setMaxHeaderSize(20_000);
    }

    EdgeConfiguration.Replica configuration() {
        return new EdgeConfiguration.Replica(port, management.actualPort());
    }

    void behave(Handler<HttpServerRequest> next) {
        behaviour = next;
    }

    int served() {
        return served.get();
    }

    void ready(boolean next) {
        ready = next;
    }

    /** Its port refuses connections from now on, while its management port says ready. */
    void stopListening() {
        await(http.close());
    }

    void listenAgain() {
        http = listen(port);
    }

    @Override
    public void close() {
        await(http.close());
        await(management.close());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void eventually(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 10 s");
            }
            Thread.sleep(Duration.ofMillis(10));
        }
    }
}
