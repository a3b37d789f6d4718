package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every test of the running gateway has: its neighbours, a client, and a look at the outbox.
 */
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityPeer.class)
@QuarkusTestResource(Neighbours.class)
abstract class GatewayIT {
    static final TokenClaims ALICE =
            TokenClaims.client("user_alice", "org_a").withScopes("chat", "instructions");
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource URI gateway;

    @Inject AgroalDataSource database;

    @BeforeEach
    void everythingIsWell() {
        UsageBillingPeer.reset();
        ModerationPeer.reset();
        simulator("POST", "/simulator/reset", "");
        behave("{}");
        execute("delete from outbox");
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json");
    }

    HttpResponse<String> chat(String body) {
        return chatAs(IdentityPeer.clientToken(ALICE), body);
    }

    HttpResponse<String> chatAs(String token, String body) {
        return send(
                to("/v1/chat/completions")
                        .header("authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    HttpResponse<String> generate(String body) {
        return send(
                to("/internal/generations")
                        .header(
                                "authorization",
                                "Bearer "
                                        + IdentityPeer.exchangedToken(
                                                ALICE, "conversation-service"))
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    HttpResponse<String> get(String path, String token) {
        return send(to(path).header("authorization", "Bearer " + token).GET().build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    static JsonNode json(String text) {
        try {
            return JsonServer.JSON.readTree(text);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(text, unreadable);
        }
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** The data of each server-sent event. */
    static List<String> events(HttpResponse<String> stream) {
        return stream.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    static List<JsonNode> lines(HttpResponse<String> stream) {
        return stream.body().lines().map(GatewayIT::json).toList();
    }

    static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
        assertThat(json(answer).get("status").asInt()).isEqualTo(status);
    }

    static void assertRefused(HttpResponse<String> answer, int status, String code, String param) {
        assertRefused(answer, status, code);
        assertThat(json(answer).at("/error/param").asText()).isEqualTo(param);
    }

    static void behave(String behaviour) {
        HttpResponse<String> answer = simulator("PUT", "/simulator/behaviour", behaviour);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    static JsonNode totals() {
        return json(simulator("GET", "/simulator/totals", ""));
    }

    static List<JsonNode> providerCalls() {
        return elements(json(simulator("GET", "/simulator/calls", "")).get("calls"));
    }

    static HttpResponse<String> simulator(String method, String path, String body) {
        return send(
                HttpRequest.newBuilder(URI.create(Neighbours.providerUrl + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build());
    }

    /** The usage records that are committed, in their order. */
    List<JsonNode> usageRecords() {
        return committed("select data from outbox where topic = 'parley.usage' order by sequence")
                .stream()
                .map(GatewayIT::json)
                .toList();
    }

    /** The first column of some rows. */
    List<String> committed(String sql) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return texts;
    }

    JsonNode onlyUsageRecord() {
        eventually(() -> !usageRecords().isEmpty());
        List<JsonNode> records = usageRecords();
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static void eventually(BooleanSupplier condition) {
        eventually(Duration.ofSeconds(5), condition);
    }

    static void eventually(Duration most, BooleanSupplier condition) {
        Instant end = Instant.now().plus(most);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited in vain").isBefore(end);
            pause(Duration.ofMillis(10));
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
