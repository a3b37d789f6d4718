package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamIT extends Service {
    private static final String STREAM =
            "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}";

    private final Person person = new Person();

    @Test
    void showsEachDeltaAsItComesAndCanBeFollowedFromTheMiddle() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("a").delta("b");
                    half.await(10, TimeUnit.SECONDS);
                    answer.delta("c").delta("d").finished("stop", 4);
                });
        try (OpenStream first = OpenStream.post(person, STREAM)) {
            first.until("response.output_text.delta");
            String id = first.responseId();
            assertThat(status(id)).isEqualTo("in_progress");
            try (OpenStream second =
                    OpenStream.get(person, path(id) + "?stream=true&starting_after=4")) {
                half.countDown();
                Events rest = second.toTheEnd();
                rest.areNumberedFrom(5);
                assertThat(rest.text()).isEqualTo("bcd");
            }
            Events all = first.toTheEnd();
            all.areNumberedFrom(0);
            assertThat(all.text()).isEqualTo("abcd");
            Response after = person.asks().get(path(id) + "?stream=true&starting_after=6");
            Events tail = Events.of(after.asString());
            tail.areNumberedFrom(7);
            assertThat(tail.text()).isEqualTo("d");
            assertThat(tail.last().path("response")).isEqualTo(all.last().path("response"));
            Events again = Events.of(person.asks().get(path(id) + "?stream=true").asString());
            assertThat(again.all()).isEqualTo(all.all());
        }
    }

    @Test
    void goesOnWithoutItsClient() throws Exception {
        GatewayPeer.plays(
                answer ->
                        answer.admitted()
                                .delta("a")
                                .pause(Duration.ofMillis(600))
                                .delta("b")
                                .finished("stop", 2));
        String id;
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            stream.until("response.output_text.delta");
            id = stream.responseId();
        }
        JsonPath ended = ended(id);
        assertThat(ended.getString("status")).isEqualTo("completed");
        assertThat(ended.getString("output[0].content[0].text")).isEqualTo("ab");
    }

    @Test
    void stopsWithItsConnectionWhenNothingIsStored() throws Exception {
        GatewayPeer.plays(StreamIT::talksOn);
        try (OpenStream stream =
                OpenStream.post(
                        person,
                        "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true,\"store\":false}")) {
            stream.until("response.output_text.delta");
        }
        assertThat(GatewayPeer.wasCut(Duration.ofSeconds(3))).isTrue();
    }

    @Test
    void stopsWithItsConnectionWhenNothingIsStoredAndNothingWasStreamed() throws Exception {
        GatewayPeer.plays(StreamIT::talksOn);
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String body = "{\"model\":\"simulated\",\"input\":\"Hi\",\"store\":false}";
            socket.getOutputStream()
                    .write(
                            ("POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                            + person.token()
                                            + "\r\nContent-Type: application/json\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n\r\n"
                                            + body)
                                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100 && GatewayPeer.calls().isEmpty(); i++) {
                Thread.sleep(20);
            }
            assertThat(GatewayPeer.calls()).hasSize(1);
        }
        assertThat(GatewayPeer.wasCut(Duration.ofSeconds(3))).isTrue();
    }

    @Test
    void stopsWhenItIsCancelledAndKeepsWhatWasSaid() throws Exception {
        GatewayPeer.plays(StreamIT::talksOn);
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            stream.until("response.output_text.delta");
            String id = stream.responseId();
            Response cancelled = person.asks().post(path(id) + "/cancel");
            assertThat(cancelled.statusCode()).isEqualTo(200);
            assertThat(cancelled.jsonPath().getString("status")).isEqualTo("cancelled");
            assertThat(cancelled.jsonPath().getBoolean("parley.estimated")).isTrue();
            assertThat(cancelled.jsonPath().getInt("usage.output_tokens")).isPositive();
            assertThat(GatewayPeer.wasCut(Duration.ofSeconds(2))).isTrue();
            Events events = stream.toTheEnd();
            assertThat(events.last().path("type").asText()).isEqualTo("response.incomplete");
            assertThat(events.last().path("response").path("status").asText())
                    .isEqualTo("cancelled");
            assertThat(events.last().path("response").path("incomplete_details").isNull()).isTrue();
            events.areNumberedFrom(0);
            assertThat(cancelled.jsonPath().getString("output[0].content[0].text"))
                    .isEqualTo(events.text())
                    .startsWith("word");
            assertThat(person.asks().post(path(id) + "/cancel").asString())
                    .isEqualTo(cancelled.asString());
        }
    }

    @Test
    void endsWithAnErrorEventWhenTheModelFailsOnTheWay() throws Exception {
        GatewayPeer.plays(answer -> answer.admitted().delta("Half").failed("upstream_timeout"));
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            Events events = stream.toTheEnd();
            events.areNumberedFrom(0);
            assertThat(events.types())
                    .endsWith("response.output_text.delta", "error", "response.failed");
            assertThat(events.last().path("response").path("error").path("code").asText())
                    .isEqualTo("upstream_timeout");
            assertThat(ended(stream.responseId()).getString("output[0].content[0].text"))
                    .isEqualTo("Half");
        }
    }

    @Test
    void endsAsFailedWhenTheGatewayDiesOnTheWay() throws Exception {
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Half");
                    throw new IOException("died");
                });
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            assertThat(stream.toTheEnd().types()).endsWith("error", "response.failed");
        }
        Response plain = person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}");
        assertThat(plain.statusCode()).isEqualTo(502);
        assertThat(plain.jsonPath().getString("error.code")).isEqualTo("upstream_error");
        assertThat(plain.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void endsAsFailedWhenTheGatewayHangs() throws Exception {
        GatewayPeer.plays(answer -> answer.admitted().delta("Half").pause(Duration.ofSeconds(8)));
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            Events events = stream.toTheEnd();
            assertThat(events.last().path("response").path("error").path("code").asText())
                    .isEqualTo("upstream_timeout");
        }
    }

    @Test
    void saysNothingOfAnItemWhenTheModelSaidNothing() throws Exception {
        GatewayPeer.plays(answer -> answer.admitted().failed("upstream_error"));
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            Events events = stream.toTheEnd();
            assertThat(events.types())
                    .containsExactly(
                            "response.created", "response.in_progress", "error", "response.failed");
            assertThat(events.last().path("response").path("output").isEmpty()).isTrue();
        }
    }

    private static void talksOn(GatewayPeer.Answer answer)
            throws IOException, InterruptedException {
        answer.admitted();
        for (int i = 0; i < 200; i++) {
            answer.delta("word ").pause(Duration.ofMillis(50));
        }
        answer.finished("stop", 200);
    }

    private JsonPath ended(String id) throws InterruptedException {
        return until(id, status -> !status.equals("in_progress"));
    }

    private JsonPath until(String id, Predicate<String> status) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            JsonPath turn = person.asks().get(path(id)).jsonPath();
            if (status.test(turn.getString("status"))) {
                return turn;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the turn did not end");
    }

    private String status(String id) {
        return person.asks().get(path(id)).jsonPath().getString("status");
    }

    private static String path(String id) {
        return "/v1/responses/" + id;
    }

    @Test
    void stopsATurnOfWhichNothingIsKeptWhenItsCallerLeftBeforeItWasAdmitted() throws Exception {
        GatewayPeer.plays(
                answer -> {
                    answer.pause(Duration.ofMillis(800)).admitted();
                    for (int i = 0; i < 100; i++) {
                        answer.delta("word ").pause(Duration.ofMillis(100));
                    }
                });
        String body = "{\"model\":\"simulated\",\"input\":\"Hi\",\"store\":false}";
        try (Socket caller = new Socket("localhost", RestAssured.port)) {
            caller.getOutputStream()
                    .write(
                            """
                            POST /v1/responses HTTP/1.1\r
                            Host: localhost\r
                            Authorization: Bearer %s\r
                            Content-Type: application/json\r
                            Content-Length: %d\r
                            \r
                            %s"""
                                    .formatted(person.token(), body.length(), body)
                                    .getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100 && GatewayPeer.calls().isEmpty(); i++) {
                Thread.sleep(10);
            }
            assertThat(GatewayPeer.calls()).hasSize(1);
        }
        assertThat(GatewayPeer.wasCut(Duration.ofSeconds(4))).isTrue();
    }
}
