package dev.parley.local.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Collection;

/** Asks each replica's management port whether it is ready, again and again. */
final class Readiness implements AutoCloseable {
    private static final Duration WHILE_READY = Duration.ofSeconds(1);
    private static final Duration WHILE_NOT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final HttpClient client;
    private volatile boolean closed;

    Readiness(Vertx vertx) {
        this.vertx = vertx;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setConnectTimeout((int) PATIENCE.toMillis()));
    }

    void watch(Collection<Replicas> services) {
        services.forEach(replicas -> replicas.all().forEach(this::poll));
    }

    private void poll(Replica replica) {
        if (closed) {
            return;
        }
        RequestOptions ready =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost("127.0.0.1")
                        .setPort(replica.management())
                        .setURI("/q/health/ready")
                        .setTimeout(PATIENCE.toMillis());
        client.request(ready)
                .compose(HttpClientRequest::send)
                .onSuccess(answer -> replica.saidItIs(answer.statusCode() == 200))
                .onFailure(
                        failure -> {
                            if (failure instanceof ConnectException) {
                                replica.saidItIs(false);
                            } else {
                                replica.saidNothing();
                            }
                        })
                .onComplete(polled -> later(replica));
    }

    @Override
    public void close() {
        closed = true;
    }

    private void later(Replica replica) {
        if (closed) {
            return;
        }
        Duration pause = replica.ready() ? WHILE_READY : WHILE_NOT;
        vertx.setTimer(pause.toMillis(), timer -> poll(replica));
    }
}
