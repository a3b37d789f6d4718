package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers as the public API does. */
class DemoAccountIT {
    @TempDir private Path root;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private StackFolder folder;
    private Secrets secrets;
    private HttpServer api;
    private boolean registered;
    private int keys;
    private int stumbles;

    @BeforeEach
    void start() throws IOException {
        folder = new StackFolder(root);
        folder.create();
        secrets = Secrets.of(folder);
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    @Test
    void makesTheAccountItsSubscriptionAndItsKey() throws IOException {
        Demo demo = prepare();

        assertThat(calls)
                .containsExactly(
                        "POST /v1/auth/login",
                        "POST /v1/auth/register",
                        "POST /v1/auth/login",
                        "GET /v1/users/me",
                        "POST /oauth2/token",
                        "POST /v1/subscriptions",
                        "POST /v1/api_keys");
        assertThat(demo.apiKey()).isEqualTo("sk-parley-1");
        assertThat(demo.baseUrl()).isEqualTo(url() + "/v1");
        assertThat(Demo.read(folder.demo())).hasValue(demo);
    }

    @Test
    void usesAKeyThatStillWorksAgain() throws IOException {
        Demo first = prepare();
        calls.clear();

        assertThat(prepare()).isEqualTo(first);
        assertThat(calls).containsExactly("GET /v1/models");
    }

    @Test
    void makesANewKeyForTheSameAccountWhenTheOldOneIsGone() throws IOException {
        Demo first = prepare();
        keys = 7;

        Demo second = prepare();

        assertThat(second.apiKey()).isEqualTo("sk-parley-8");
        assertThat(second.adminPassword()).isEqualTo(first.adminPassword());
    }

    @Test
    void waitsForAServiceThatIsNotThereYet() throws IOException {
        stumbles = 3;

        assertThat(prepare().apiKey()).isEqualTo("sk-parley-1");
    }

    @Test
    void saysWhatDidNotWork() {
        keys = -1;

        assertThatThrownBy(this::prepare)
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("API key")
                .hasMessageContaining("403 insufficient_scope");
    }

    private Demo prepare() throws IOException {
        return DemoAccount.prepare(url(), secrets, folder);
    }

    private String url() {
        return "http://127.0.0.1:" + api.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization =
                String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (stumbles > 0) {
            stumbles--;
            send(exchange, 503, "{\"error\":{\"code\":\"dependency_unavailable\"}}");
            return;
        }
        calls.add(call);
        switch (call) {
            case "POST /v1/auth/login" -> {
                boolean right = registered && body.contains(secrets.demoPassword());
                send(
                        exchange,
                        right ? 200 : 401,
                        right
                                ? "{\"access_token\":\"token\"}"
                                : "{\"error\":{\"code\":\"invalid_token\"}}");
            }
            case "POST /v1/auth/register" -> {
                registered = body.contains("\"name\"");
                send(exchange, 201, "{\"id\":\"user_1\",\"organization\":\"org_1\"}");
            }
            case "GET /v1/users/me" ->
                    send(exchange, 200, "{\"id\":\"user_1\",\"organization\":\"org_1\"}");
            case "POST /oauth2/token" -> {
                boolean right =
                        authorization.startsWith("Basic ")
                                && body.equals("grant_type=client_credentials");
                send(exchange, right ? 200 : 401, "{\"access_token\":\"operator\"}");
            }
            case "POST /v1/subscriptions" -> {
                boolean right =
                        authorization.equals("Bearer operator")
                                && body.equals(
                                        "{\"organization\":\"org_1\",\"plan\":\"enterprise\"}");
                send(exchange, right ? 201 : 403, "{}");
            }
            case "POST /v1/api_keys" -> makeKey(exchange);
            case "GET /v1/models" ->
                    send(
                            exchange,
                            authorization.equals("Bearer sk-parley-" + keys) ? 200 : 401,
                            "{}");
            default -> send(exchange, 404, "{}");
        }
    }

    private void makeKey(HttpExchange exchange) throws IOException {
        if (keys < 0) {
            send(exchange, 403, "{\"error\":{\"code\":\"insufficient_scope\"}}");
            return;
        }
        keys++;
        send(exchange, 201, "{\"id\":\"key_1\",\"key\":\"sk-parley-" + keys + "\"}");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
