package dev.parley.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/** A small real HTTP server that speaks JSON. */
final class JsonServer {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;

    /** What is answered. */
    record Answer(int status, String json, Map<String, String> headers) {
        static Answer ok(String json) {
            return new Answer(200, json, Map.of());
        }

        static Answer problem(int status, String code) {
            return new Answer(
                    status,
                    """
                    {"status":%d,"detail":"because of %s","error":{"code":"%s","message":"m"}}
                    """
                            .formatted(status, code, code),
                    Map.of("content-type", "application/problem+json"));
        }
    }

    /** What was asked. */
    record Request(String method, String path, JsonNode body, String authorization) {}

    /** Answers requests, each in a thread of its own, so that it may also sleep. */
    interface Handler {
        Answer answer(Request request) throws InterruptedException;
    }

    JsonServer(Handler handler) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> serve(exchange, handler));
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static void serve(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            Answer answer =
                    handler.answer(
                            new Request(
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI().getPath(),
                                    JSON.readTree(
                                            bytes.length == 0
                                                    ? "{}".getBytes(StandardCharsets.UTF_8)
                                                    : bytes),
                                    String.valueOf(
                                            exchange.getRequestHeaders()
                                                    .getFirst("Authorization"))));
            exchange.getResponseHeaders().set("content-type", "application/json");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
