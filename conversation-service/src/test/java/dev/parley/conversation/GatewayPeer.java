package dev.parley.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The model gateway as this service sees it: a real HTTP server that does what a test scripts. */
public final class GatewayPeer implements QuarkusTestResourceLifecycleManager {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonNode> CALLS = new CopyOnWriteArrayList<>();
    private static final List<String> MODELS =
            new CopyOnWriteArrayList<>(
                    List.of(model("simulated", 4096, 512), model("tiny", 120, 40)));
    private static volatile Script script = saying("Hello", " world");
    private static volatile CountDownLatch cut = new CountDownLatch(1);

    private @Nullable HttpServer server;

    /** What the gateway does with one call. */
    interface Script {
        void play(Answer answer) throws IOException, InterruptedException;
    }

    /** The answer to one call, line by line. */
    static final class Answer {
        private final HttpExchange exchange;

        Answer(HttpExchange exchange) {
            this.exchange = exchange;
        }

        Answer admitted() throws IOException {
            exchange.getResponseHeaders().set("content-type", "application/x-ndjson");
            exchange.getResponseHeaders().set("x-ratelimit-limit-requests", "600");
            exchange.getResponseHeaders().set("x-ratelimit-remaining-requests", "599");
            exchange.sendResponseHeaders(200, 0);
            return line(
                    "{\"type\":\"admitted\",\"reservation\":\"rsv_1\",\"granted_output_tokens\":256,"
                            + "\"model\":\"simulated\",\"provider\":\"simulated\",\"limits\":[],"
                            + "\"warnings\":[]}");
        }

        Answer delta(String text) throws IOException {
            return line(JSON.createObjectNode().put("type", "delta").put("text", text).toString());
        }

        Answer pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
            return this;
        }

        void finished(String finish, int output) throws IOException {
            line(
                    "{\"type\":\"finished\",\"finish\":\"%s\",\"input_tokens\":7,\"cached_input_tokens\":0,\"output_tokens\":%d,\"estimated\":false}"
                            .formatted(finish, output));
        }

        void failed(String code) throws IOException {
            line(
                    "{\"type\":\"failed\",\"code\":\"%s\",\"message\":\"It broke.\",\"input_tokens\":7,\"output_tokens\":1,\"estimated\":true}"
                            .formatted(code));
        }

        void refused(int status, String code, String extra) throws IOException {
            byte[] body =
                    "{\"status\":%d,\"detail\":\"No.\",%s\"error\":{\"message\":\"No.\",\"code\":\"%s\",\"param\":null}}"
                            .formatted(status, extra, code)
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/problem+json");
            if (status == 429) {
                exchange.getResponseHeaders().set("Retry-After", "7");
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }

        Answer line(String json) throws IOException {
            OutputStream out = exchange.getResponseBody();
            out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/internal/generations", GatewayPeer::generate);
            started.createContext("/internal/models", GatewayPeer::models);
            started.createContext("/internal/changes", GatewayPeer::changes);
            started.start();
            server = started;
            return Map.of(
                    "parley.gateway-url", "http://localhost:" + started.getAddress().getPort());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    /** From now on calls are answered so. */
    static void plays(Script next) {
        cut = new CountDownLatch(1);
        CALLS.clear();
        script = next;
    }

    static Script saying(String... deltas) {
        return answer -> {
            answer.admitted();
            for (String delta : deltas) {
                answer.delta(delta);
            }
            answer.finished("stop", deltas.length);
        };
    }

    /** The calls since the script was set. */
    static List<JsonNode> calls() {
        return List.copyOf(CALLS);
    }

    /** Whether a call's connection was closed by its caller. */
    static boolean wasCut(Duration within) throws InterruptedException {
        return cut.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void generate(HttpExchange exchange) throws IOException {
        Script now = script;
        CountDownLatch broken = cut;
        try (exchange) {
            CALLS.add(JSON.readTree(exchange.getRequestBody()));
            now.play(new Answer(exchange));
        } catch (IOException gone) {
            broken.countDown();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** The catalogue has one more model, and its change feed says so. */
    static void addModel(String id, int window) {
        MODELS.add(model(id, window, window / 4));
    }

    private static String model(String id, int window, int output) {
        return "{\"id\":\"%s\",\"tier\":\"standard\",\"context_window\":%d,\"default_output_tokens\":%d,\"capabilities\":[\"text\"]}"
                .formatted(id, window, output);
    }

    private static void models(HttpExchange exchange) throws IOException {
        answer(exchange, "{\"data\":[" + String.join(",", MODELS) + "]}");
    }

    /** As many changes as there are models; the number of each is its place. */
    private static void changes(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int after = query == null ? 0 : Integer.parseInt(query.replace("after=", ""));
        List<String> changes = new ArrayList<>();
        for (int i = after + 1; i <= MODELS.size(); i++) {
            changes.add(
                    "{\"sequence\":%d,\"kind\":\"model_changed\",\"id\":\"%d\",\"at\":\"2026-11-01T12:00:00Z\"}"
                            .formatted(i, i));
        }
        answer(
                exchange,
                "{\"changes\":[%s],\"next\":%d}"
                        .formatted(String.join(",", changes), after + changes.size()));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
