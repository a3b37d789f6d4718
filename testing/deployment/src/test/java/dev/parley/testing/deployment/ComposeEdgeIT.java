package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The compose edge in a real nginx, where one is on the PATH. */
@Timeout(60)
class ComposeEdgeIT {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String TRACE = "c".repeat(32);

    @TempDir private static Path folder;

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final SocketPeer CONVERSATION = new SocketPeer();
    private static int edge;

    /** Of the five, one answers, two cannot be reached, one is full, and one has no name. */
    @BeforeAll
    static void startTheEdge() throws IOException {
        assumeTrue(Checkout.isOnThePath("nginx"), "nginx is not on the PATH");
        OPEN.add(CONVERSATION);
        edge = start(folder, it -> it).port();
    }

    private static RunningNginx start(Path in, UnaryOperator<String> change) throws IOException {
        NameServer names =
                new NameServer(
                        Set.of(
                                "identity-service",
                                "conversation-service",
                                "llm-gateway-service",
                                "usage-billing-service"));
        OPEN.add(names);
        SocketPeer silent = new SocketPeer();
        silent.behave((connection, head) -> connection.getInputStream().readAllBytes());
        OPEN.add(silent);
        RunningNginx nginx =
                new RunningNginx(
                        in,
                        names,
                        Map.of(
                                "identity-service", RunningNginx.freePort(),
                                "conversation-service", CONVERSATION.port(),
                                "llm-gateway-service", full(),
                                "usage-billing-service", silent.port()),
                        change);
        OPEN.add(nginx);
        return nginx;
    }

    /** A port that lets nobody in any more: nothing takes the connections that wait at it. */
    private static int full() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        OPEN.add(server);
        while (true) {
            Socket waiting = new Socket();
            OPEN.add(waiting);
            try {
                waiting.connect(server.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException refused) {
                return server.getLocalPort();
            }
        }
    }

    @AfterAll
    static void stopAll() throws Exception {
        for (AutoCloseable open : OPEN.reversed()) {
            open.close();
        }
        OPEN.clear();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge + path))
                .header("x-request-id", "mine")
                .header("traceparent", "00-" + TRACE + "-" + "d".repeat(16) + "-01");
    }

    private static HttpResponse<String> post(String path) throws Exception {
        return CLIENT.send(
                to(path).POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(String text) {
        try {
            return Yaml.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Refused, without a name, and no answer to a try to connect. */
    @ParameterizedTest
    @CsvSource({"/v1/users/me", "/v1/moderations", "/v1/chat/completions"})
    void aServiceThatCannotBeReachedIsUnavailable(String path) throws Exception {
        HttpResponse<String> answer = post(path + "?secret=1");

        assertProblem(answer, 503, "dependency_unavailable", path);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
        assertThat(answer.headers().firstValue("retry-after-ms")).hasValue("1000");
    }

    @Test
    void aConnectionThatIsLostAfterTheRequestIsNoReasonToAskAgain() throws Exception {
        CONVERSATION.behave((connection, head) -> {});
        int before = CONVERSATION.requests();

        HttpResponse<String> answer = post("/v1/responses");

        assertProblem(answer, 502, "upstream_error", "/v1/responses");
        assertThat(answer.headers().firstValue("retry-after")).isEmpty();
        assertThat(CONVERSATION.requests() - before).isEqualTo(1);
    }

    @Test
    void aServiceThatSaysNothingIsGivenUp() throws Exception {
        HttpResponse<String> answer = post("/v1/usage/summary");

        assertProblem(answer, 504, "upstream_timeout", "/v1/usage/summary");
        assertThat(answer.headers().firstValue("retry-after")).isEmpty();
    }

    private static void assertProblem(
            HttpResponse<String> answer, int status, String code, String path) {
        JsonNode problem = json(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("x-request-id")).hasValue("mine");
        assertThat(Cluster.keys(problem))
                .containsExactly(
                        "type", "title", "status", "detail", "instance", "trace_id", "error");
        assertThat(problem.at("/type").asText()).isEqualTo("urn:parley:error:" + code);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/instance").asText()).isEqualTo(path);
        assertThat(problem.at("/trace_id").asText()).isEqualTo(TRACE);
        assertThat(problem.at("/error/message")).isEqualTo(problem.at("/detail"));
        assertThat(problem.at("/error/code").asText()).isEqualTo(code);
    }

    /** What a service says itself, whatever its status, is for the client as it is. */
    @Test
    void aServicesOwnRefusalPasses() throws Exception {
        for (String status : List.of("404 Not Found", "502 Bad Gateway", "503 No", "504 Late")) {
            CONVERSATION.behave(
                    (connection, head) ->
                            SocketPeer.write(
                                    connection,
                                    "HTTP/1.1 " + status + "\r\nContent-Length: 3\r\n\r\nown"));

            HttpResponse<String> answer = post("/v1/responses");

            assertThat(answer.statusCode() + " ").isEqualTo(status.substring(0, 4));
            assertThat(answer.body()).isEqualTo("own");
        }
    }

    @Test
    void theServiceHearsWhoCalledFromTheEdgeAlone() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        CONVERSATION.behave(
                (connection, head) -> {
                    heard.complete(head);
                    SocketPeer.write(
                            connection,
                            "HTTP/1.1 204 No Content\r\nbaggage: a=b\r\nx-mine: 1\r\n\r\n");
                });

        HttpResponse<String> answer =
                CLIENT.send(
                        to("/v1/responses")
                                .header("X-Forwarded-For", "10.9.8.7")
                                .header("Forwarded", "for=10.9.8.7")
                                .build(),
                        BodyHandlers.ofString());

        assertThat(heard.join()).contains("X-Forwarded-For: 127.0.0.1").doesNotContain("10.9.8.7");
        assertThat(answer.headers().firstValue("x-mine")).hasValue("1");
        assertThat(answer.headers().firstValue("baggage")).isEmpty();
    }

    @Test
    void anEventLeavesBeforeTheNextIsThere() throws Exception {
        assertThat(firstEventComesAlone(edge)).isTrue();
    }

    @Test
    void aStreamThatIsHeldBackIsNoticed(@TempDir Path other) throws Exception {
        RunningNginx holding =
                start(
                        other,
                        it ->
                                it.replace("proxy_buffering off;", "")
                                        .replace("gzip off;", "gzip on; gzip_types *;"));
        assertThat(firstEventComesAlone(holding.port())).isFalse();
    }

    private static final String STREAM =
            SocketPeer.message(
                    "HTTP/1.1 200 OK",
                    "Content-Type: text/event-stream",
                    "Transfer-Encoding: chunked");

    /** Whether a client that takes compressed answers has an event while the next one waits. */
    private static boolean firstEventComesAlone(int port) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CompletableFuture<Boolean> inTime = new CompletableFuture<>();
        CONVERSATION.behave(
                (connection, head) -> {
                    SocketPeer.write(connection, STREAM + "9\r\ndata: 1\n\n\r\n");
                    inTime.complete(waited(seen));
                    SocketPeer.write(connection, "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
                });
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/v1/responses/a?stream=1"))
                        .header("Accept-Encoding", "gzip")
                        .build();
        try (InputStream events = CLIENT.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(events.readNBytes(9)).hasSize(9);
            seen.countDown();
            assertThat(events.readAllBytes()).isNotEmpty();
        }
        return inTime.join();
    }

    private static boolean waited(CountDownLatch seen) {
        try {
            return seen.await(RunningNginx.PATIENCE.dividedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aSocketIsATunnel() throws Exception {
        CONVERSATION.behave(
                (connection, head) -> {
                    assertThat(head).containsIgnoringCase("Upgrade: websocket");
                    SocketPeer.write(
                            connection,
                            SocketPeer.message(
                                    "HTTP/1.1 101 Switching Protocols",
                                    "Upgrade: websocket",
                                    "Connection: upgrade"));
                    connection.getInputStream().transferTo(connection.getOutputStream());
                });
        try (Socket client = connected()) {
            SocketPeer.write(
                    client,
                    SocketPeer.message(
                            "GET /v1/responses HTTP/1.1",
                            "Host: a",
                            "Connection: Upgrade",
                            "Upgrade: websocket"));
            assertThat(SocketPeer.head(client.getInputStream())).startsWith("HTTP/1.1 101 ");
            for (String message : List.of("one", "another")) {
                SocketPeer.write(client, message);
                assertThat(client.getInputStream().readNBytes(message.length()))
                        .isEqualTo(message.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** By the request's first line and one header, what the edge says of itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "GET /v1/other HTTP/1.1|a: b|404|not_found|/v1/other",
                "GET /v1/shared/../x HTTP/1.1|a: b|404|not_found|/v1/shared/../x",
                "GET /internal/changes?a=b HTTP/1.1|a: b|404|not_found|/internal/changes",
                "GET /v1/other\",\"x\":\"y HTTP/1.1|a: b|404|not_found|",
                "GET /v1\\other HTTP/1.1|a: b|404|not_found|",
                "TRACE /v1/responses HTTP/1.1|a: b|405|invalid_request|/v1/responses",
                "POST /v1/responses HTTP/1.1|Transfer-Encoding: gzip|400|invalid_request|"
                        + "/v1/responses",
                "POST /v1/responses HTTP/1.1|Content-Length: 9000000|413|body_too_large|"
                        + "/v1/responses",
                "GET /v1/responses HTTP/9.9|a: b|400|invalid_request|",
                "GET HTTP/1.1|a: b|400|invalid_request|"
            })
    void whatTheEdgeRefusesItRefusesAsTheServicesDo(
            String line, String header, int status, String code, String instance)
            throws IOException {
        try (Socket client = connected()) {
            SocketPeer.write(
                    client, SocketPeer.message(line, "Host: a", "Connection: close", header));
            String head = SocketPeer.head(client.getInputStream());
            JsonNode problem =
                    json(
                            new String(
                                    client.getInputStream().readAllBytes(),
                                    StandardCharsets.UTF_8));
            assertThat(head)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("Content-Type: application/problem+json")
                    .contains("x-request-id: req_");
            assertThat(problem.at("/status").asInt()).isEqualTo(status);
            assertThat(problem.at("/error/code").asText()).isEqualTo(code);
            assertThat(problem.has("instance")).isTrue();
            assertThat(Yaml.text(problem, "/instance").orElse(null)).isEqualTo(instance);
            assertThat(problem.at("/trace_id").asText()).matches("[0-9a-f]{32}");
        }
    }

    private static Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge);
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        return socket;
    }
}
