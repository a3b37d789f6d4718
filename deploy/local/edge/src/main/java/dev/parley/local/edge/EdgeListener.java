package dev.parley.local.edge;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the connections. */
final class EdgeListener extends AbstractVerticle {
    /** Open streams each hold a connection to their replica. */
    private static final int CONNECTIONS = 10_000;

    private static final int HEADER_BYTES = 20 * 1024;

    private final EdgeConfiguration configuration;
    private final Map<String, Replicas> services;
    private final EdgeTraces traces;
    private final AtomicInteger boundPort;

    EdgeListener(
            EdgeConfiguration configuration,
            Map<String, Replicas> services,
            EdgeTraces traces,
            AtomicInteger boundPort) {
        this.configuration = configuration;
        this.services = services;
        this.traces = traces;
        this.boundPort = boundPort;
    }

    @Override
    public void start(Promise<Void> started) {
        HttpClient client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(CONNECTIONS)
                                .setConnectTimeout(1000)
                                .setMaxHeaderSize(HEADER_BYTES));
        Map<String, ServiceProxy> proxies =
                services.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        it -> new ServiceProxy(client, it.getValue())));
        // Vert.x lets its event loops share a free port when they ask for the same negative.
        int port = configuration.port() == 0 ? -1 : configuration.port();
        List<Future<?>> listening = new ArrayList<>();
        listening.add(
                vertx.createHttpServer(options())
                        .requestHandler(request -> route(request, proxies))
                        .listen(port)
                        .onSuccess(server -> boundPort.set(server.actualPort())));
        configuration
                .services()
                .forEach(
                        (name, service) ->
                                Optional.ofNullable(service.balancerPort())
                                        .ifPresent(
                                                it ->
                                                        listening.add(
                                                                balance(it, proxies.get(name)))));
        Future.all(listening).<Void>mapEmpty().onComplete(started);
    }

    private Future<?> balance(int port, @Nullable ServiceProxy proxy) {
        if (proxy == null) {
            return Future.failedFuture("a balancer without a service");
        }
        return vertx.createHttpServer(options())
                .requestHandler(request -> proxy.handle(request, EdgeSpan.NONE))
                .listen(port);
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxHeaderSize(HEADER_BYTES);
    }

    private void route(HttpServerRequest request, Map<String, ServiceProxy> proxies) {
        Optional<ServiceProxy> proxy =
                Optional.ofNullable(request.path()).flatMap(PathTable::serviceOf).map(proxies::get);
        EdgeSpan span = traces.begin(request);
        if (proxy.isEmpty()) {
            Refusal.NO_SUCH_PATH.answer(request);
            span.end(request);
            return;
        }
        describeCaller(request);
        proxy.get().handle(request, span);
    }

    /** Who called is what we see, whatever the caller says about it. */
    private static void describeCaller(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List.copyOf(headers.names()).stream()
                .filter(EdgeListener::claimsACaller)
                .forEach(headers::remove);
        headers.remove("expect");
        headers.set("x-forwarded-for", request.remoteAddress().hostAddress());
        headers.set("x-forwarded-proto", "http");
        Optional.ofNullable(request.getHeader("host"))
                .ifPresent(host -> headers.set("x-forwarded-host", host));
    }

    private static boolean claimsACaller(String name) {
        return name.regionMatches(true, 0, "x-forwarded", 0, "x-forwarded".length())
                || name.equalsIgnoreCase("forwarded")
                || name.equalsIgnoreCase("x-real-ip")
                || name.equalsIgnoreCase("http2-settings");
    }
}
