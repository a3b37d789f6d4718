package dev.parley.local.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An edge before two real replicas of one service, and none of another. */
abstract class EdgeWithTwoReplicas {
    private static final String SERVICE = "conversation-service";

    final HttpClient client = HttpClient.newHttpClient();
    Vertx vertx;
    Peer one;
    Peer two;
    Edge edge;
    int balancerPort;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        one = new Peer(vertx);
        two = new Peer(vertx);
        try (ServerSocket free = new ServerSocket(0)) {
            balancerPort = free.getLocalPort();
        }
        edge =
                Edge.start(
                        new EdgeConfiguration(
                                0,
                                Map.of(
                                        SERVICE,
                                        new EdgeConfiguration.Service(
                                                balancerPort,
                                                List.of(one.configuration(), two.configuration())),
                                        "moderation-service",
                                        new EdgeConfiguration.Service(
                                                null,
                                                List.of(new EdgeConfiguration.Replica(1, 1))))));
        bothServe();
    }

    @AfterEach
    void stop() {
        edge.close();
        Peer.await(vertx.close());
    }

    final void both(Handler<HttpServerRequest> behaviour) {
        one.behave(behaviour);
        two.behave(behaviour);
    }

    static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    final void bothServe() throws InterruptedException {
        int first = one.served();
        int second = two.served();
        Peer.eventually(
                () -> {
                    try {
                        get("/v1/responses");
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return one.served() > first && two.served() > second;
                });
    }

    final String webSocketUrl() {
        return edge.url().replace("http:", "ws:") + "/v1/responses";
    }

    final HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(edge.url() + path))
                .timeout(Duration.ofSeconds(20));
    }

    final HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path).GET());
    }

    final HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    final BufferedReader stream() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(
                        to("/v1/responses").GET().build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    static JsonNode problem(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
