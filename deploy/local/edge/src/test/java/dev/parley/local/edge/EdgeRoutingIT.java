package dev.parley.local.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EdgeRoutingIT extends EdgeWithTwoReplicas {

    private static final String TRACE = "a".repeat(32);
    private static final String SPAN = "b".repeat(16);

    @Test
    void takesTurns() throws Exception {
        int before = one.served();
        int beforeTwo = two.served();

        for (int i = 0; i < 20; i++) {
            assertThat(get("/v1/responses").statusCode()).isEqualTo(200);
        }

        assertThat(one.served() - before).isEqualTo(10);
        assertThat(two.served() - beforeTwo).isEqualTo(10);
    }

    @Test
    void passesMethodPathQueryBodyAndHeaders() throws Exception {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>();
        both(
                request ->
                        request.body()
                                .onSuccess(
                                        body -> {
                                            seen.set(
                                                    Map.of(
                                                            "request",
                                                                    header(request, "x-request-id"),
                                                            "trace", header(request, "traceparent"),
                                                            "for",
                                                                    header(
                                                                            request,
                                                                            "x-forwarded-for"),
                                                            "baggage", header(request, "baggage"),
                                                            "state", header(request, "tracestate"),
                                                            "real", header(request, "x-real-ip"),
                                                            "host",
                                                                    header(
                                                                            request,
                                                                            "x-forwarded-host"),
                                                            "forwarded",
                                                                    header(request, "forwarded")));
                                            request.response()
                                                    .putHeader("x-answer", "yes")
                                                    .setStatusCode(201)
                                                    .end(request.uri() + " " + body);
                                        }));

        HttpResponse<String> answer =
                send(
                        to("/v1/conversations/conv_1?a=%20b&c")
                                .header("x-request-id", "mine")
                                .header("traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                                .header("baggage", "parley.response.id=resp_mine")
                                .header("tracestate", "vendor=mine")
                                .header("x-forwarded-for", "203.0.113.7")
                                .header("x-forwarded-prefix", "/evil")
                                .header("x-real-ip", "203.0.113.7")
                                .header("forwarded", "for=203.0.113.7")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"x\":1}")));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("/v1/conversations/conv_1?a=%20b&c {\"x\":1}");
        assertThat(answer.headers().firstValue("x-answer")).hasValue("yes");
        assertThat(seen.get())
                .containsEntry("request", "mine")
                .containsEntry("baggage", "")
                .containsEntry("state", "")
                .containsEntry("for", "127.0.0.1")
                .containsEntry("host", URI.create(edge.url()).getAuthority())
                .containsEntry("real", "")
                .containsEntry("forwarded", "");
        assertThat(Objects.requireNonNull(seen.get()).getOrDefault("trace", ""))
                .as("the caller's trace, but not the caller as the parent")
                .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                .doesNotContain(SPAN);
    }

    @Test
    void aMalformedTraceIsReplacedByANewOne() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        both(
                request -> {
                    seen.set(header(request, "traceparent"));
                    request.response().end();
                });

        send(to("/v1/responses").header("traceparent", "00-" + "0".repeat(32) + "-b-01"));

        assertThat(seen.get())
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContain("0".repeat(32));
    }

    @Test
    void idsForSpansDoNotReachTheCaller() throws Exception {
        both(request -> request.response().putHeader("baggage", "parley.response.id=x").end());

        assertThat(get("/v1/responses").headers().firstValue("baggage")).isEmpty();
    }

    @Test
    void leavesOutAReplicaThatIsNotReadyAndTakesItBack() throws Exception {
        two.ready(false);
        Thread.sleep(Duration.ofMillis(1300));
        int before = two.served();
        for (int i = 0; i < 10; i++) {
            get("/v1/responses");
        }
        assertThat(two.served()).isEqualTo(before);

        two.ready(true);

        bothServe();
    }

    @Test
    void tellsNobodyOfAReplicaThatRefusesConnections() throws Exception {
        two.stopListening();

        for (int i = 0; i < 20; i++) {
            assertThat(get("/v1/responses").statusCode()).isEqualTo(200);
        }

        two.listenAgain();
        bothServe();
    }

    @Test
    void doesNotRepeatARequestThatAReplicaHasSeen() throws Exception {
        both(request -> request.connection().close());
        int before = one.served() + two.served();

        HttpResponse<String> answer =
                send(to("/v1/responses").POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(one.served() + two.served() - before).isEqualTo(1);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(problem(answer).at("/error/code").asText()).isEqualTo("upstream_error");
    }

    @Test
    void saysThatAServiceIsAwayInTheServicesOwnWords() throws Exception {
        HttpResponse<String> answer =
                send(
                        to("/v1/moderations")
                                .header("x-request-id", "mine")
                                .header(
                                        "traceparent",
                                        "00-" + "c".repeat(32) + "-" + "d".repeat(16) + "-01")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        JsonNode problem = problem(answer);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
        assertThat(answer.headers().firstValue("x-request-id")).hasValue("mine");
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(problem.get("status").intValue()).isEqualTo(503);
        assertThat(problem.get("instance").asText()).isEqualTo("/v1/moderations");
        assertThat(problem.get("trace_id").asText()).isEqualTo("c".repeat(32));
        assertThat(problem.at("/error/code").asText()).isEqualTo("dependency_unavailable");
        assertThat(problem.at("/error/message").asText()).isNotBlank();
    }

    @Test
    void knowsNoPathThatNoRowNames() throws Exception {
        int before = one.served() + two.served();
        for (String path :
                List.of("/internal/changes", "/q/health/ready", "/v1/other", "/v1/shared/../x")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(problem(answer).at("/error/code").asText()).isEqualTo("not_found");
        }
        assertThat(one.served() + two.served()).isEqualTo(before);
    }

    @Test
    void theBalancerKnowsEveryPath() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + balancerPort
                                                        + "/internal/models"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("GET /internal/models");
    }

    @Test
    void passesALargeBodyAndAnEarlyRefusal() throws Exception {
        both(
                request ->
                        request.body()
                                .onSuccess(body -> request.response().end("" + body.length())));
        byte[] large = new byte[5_000_000];
        HttpRequest.Builder upload =
                to("/v1/responses").POST(HttpRequest.BodyPublishers.ofByteArray(large));
        assertThat(send(upload).body()).isEqualTo("5000000");

        both(
                request ->
                        request.response()
                                .setStatusCode(413)
                                .putHeader("connection", "close")
                                .end("too large"));
        assertThat(send(upload).statusCode()).isEqualTo(413);
    }
}
