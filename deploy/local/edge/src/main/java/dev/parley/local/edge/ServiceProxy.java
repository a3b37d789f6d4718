package dev.parley.local.edge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands requests to a service's replicas, for one event loop. */
final class ServiceProxy {
    private final HttpClient client;
    private final Replicas replicas;
    private final HttpProxy http;

    /** By request, for as long as it lasts; the event loop's own. */
    private final Map<HttpServerRequest, EdgeSpan> spans = new HashMap<>();

    ServiceProxy(HttpClient client, Replicas replicas) {
        this.client = client;
        this.replicas = replicas;
        this.http =
                HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                        .origin(context -> visit(context.request().proxiedRequest()))
                        .addInterceptor(
                                new ProxyInterceptor() {
                                    @Override
                                    public Future<ProxyResponse> handleProxyRequest(
                                            ProxyContext context) {
                                        return context.sendRequest()
                                                .recover(failure -> refused(context, failure));
                                    }

                                    @Override
                                    public Future<Void> handleProxyResponse(ProxyContext context) {
                                        tag(context);
                                        return context.sendResponse();
                                    }
                                });
    }

    void handle(HttpServerRequest request, EdgeSpan span) {
        if (Tunnel.isAskedFor(request)) {
            request.pause();
            open(request)
                    .onSuccess(
                            it ->
                                    Tunnel.through(
                                            request,
                                            it.request(),
                                            () -> {
                                                it.replica().leave();
                                                span.end(request);
                                            }))
                    .onFailure(
                            failure -> {
                                refusalFor(failure).answer(request);
                                span.end(request);
                            });
        } else {
            spans.put(request, span);
            request.response().endHandler(end -> over(request));
            http.handle(request);
        }
    }

    private void over(HttpServerRequest request) {
        EdgeSpan span = spans.remove(request);
        if (span != null) {
            span.end(request);
        }
    }

    /** The ids are for our spans, not for the caller. */
    private void tag(ProxyContext context) {
        EdgeSpan span = spans.get(context.request().proxiedRequest());
        String baggage = context.response().headers().get("baggage");
        if (baggage != null && span != null) {
            context.response().headers().remove("baggage");
            span.tag(baggage);
        }
    }

    private static final class NoReplica extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoReplica() {
            super("no replica is ready", null, false, false);
        }
    }

    /** A request to a replica, which counts there until {@link Replica#leave} is called. */
    private record Visit(HttpClientRequest request, Replica replica) {}

    private Future<HttpClientRequest> visit(HttpServerRequest request) {
        return open(request)
                .onSuccess(
                        it ->
                                request.response()
                                        .endHandler(
                                                end -> {
                                                    it.replica().leave();
                                                    over(request);
                                                }))
                .map(Visit::request);
    }

    /** A connection to a replica; only as long as no byte has been sent is another one tried. */
    private Future<Visit> open(HttpServerRequest request) {
        return open(request, new HashSet<>());
    }

    private Future<Visit> open(HttpServerRequest request, Set<Replica> tried) {
        Replica replica = replicas.next(tried).orElse(null);
        if (replica == null) {
            return Future.failedFuture(new NoReplica());
        }
        tried.add(replica);
        replica.enter();
        RequestOptions origin =
                new RequestOptions()
                        .setMethod(request.method())
                        .setHost("127.0.0.1")
                        .setPort(replica.port())
                        .setURI(request.uri());
        return client.request(origin)
                .map(opened -> new Visit(opened, replica))
                .recover(
                        failure -> {
                            replica.leave();
                            replica.refusedAConnection();
                            return open(request, tried);
                        });
    }

    private static Future<ProxyResponse> refused(ProxyContext context, Throwable failure) {
        HttpServerRequest request = context.request().proxiedRequest();
        Refusal refusal = refusalFor(failure);
        ProxyResponse response =
                context.request().release().response().setStatusCode(refusal.status());
        refusal.headers(request, response.headers());
        response.setBody(Body.body(refusal.body(request)));
        return Future.succeededFuture(response);
    }

    private static Refusal refusalFor(Throwable failure) {
        return failure instanceof NoReplica ? Refusal.NO_REPLICA : Refusal.CONNECTION_LOST;
    }
}
