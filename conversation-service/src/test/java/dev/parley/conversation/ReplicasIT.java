package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** This application and a second process on the same database. */
@QuarkusTest
class ReplicasIT extends Service {
    private static final String STREAM =
            "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}";

    private final Person person = new Person();

    @Test
    void anyReplicaServesATurnThatAnotherRunsAndOutlivesIt() throws Exception {
        try (Replica other = Replica.start(Map.of())) {
            followsAndCancels(other);
            outlives(other);
        }
    }

    private void followsAndCancels(Replica other) throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("a");
                    half.await(20, TimeUnit.SECONDS);
                    answer.delta("b");
                    for (int i = 0; i < 200; i++) {
                        answer.delta("c").pause(Duration.ofMillis(50));
                    }
                });
        try (OpenStream there = OpenStream.post(person, other.port(), STREAM)) {
            there.until("response.output_text.delta");
            String id = there.responseId();
            try (OpenStream here =
                    OpenStream.get(
                            person, "/v1/responses/" + id + "?stream=true&starting_after=4")) {
                half.countDown();
                assertThat(here.until("response.output_text.delta").text()).startsWith("b");
                Response cancelled = person.asks().post("/v1/responses/" + id + "/cancel");
                assertThat(cancelled.jsonPath().getString("status")).isEqualTo("cancelled");
                Events seenHere = here.toTheEnd();
                Events seenThere = there.toTheEnd();
                assertThat("a" + seenHere.text()).isEqualTo(seenThere.text());
                assertThat(seenHere.last()).isEqualTo(seenThere.last());
            }
        }
    }

    private void outlives(Replica other) throws Exception {
        GatewayPeer.plays(
                answer -> {
                    answer.admitted();
                    for (int i = 0; i < 100; i++) {
                        answer.delta("word ").pause(Duration.ofMillis(100));
                    }
                });
        try (OpenStream there = OpenStream.post(person, other.port(), STREAM)) {
            Events seen = there.until("response.output_text.delta");
            String id = there.responseId();
            other.process().destroyForcibly();
            JsonPath ended = ended(id);
            assertThat(ended.getString("status")).isEqualTo("failed");
            assertThat(ended.getString("parley.finish")).isEqualTo("abandoned");
            assertThat(ended.getString("output[0].content[0].text")).startsWith(seen.text());
            assertThat(GatewayPeer.wasCut(Duration.ofSeconds(3))).isTrue();
        }
    }

    @Test
    void letsStreamsEndBeforeItStopsAndEndsWhatNobodyWatches() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Half");
                    if (GatewayPeer.calls().size() > 1) {
                        answer.pause(Duration.ofSeconds(30));
                    }
                    rest.await(20, TimeUnit.SECONDS);
                    answer.delta(" and half").finished("stop", 2);
                });
        try (Replica other =
                        Replica.start(
                                Map.of(
                                        "PARLEY_TURNS_DRAIN_TIMEOUT",
                                        "1s",
                                        "PARLEY_TURNS_LEASE",
                                        "60s"));
                OpenStream stream = OpenStream.post(person, other.port(), STREAM)) {
            stream.until("response.output_text.delta");
            String unwatched;
            try (OpenStream left = OpenStream.post(person, other.port(), STREAM)) {
                left.until("response.output_text.delta");
                unwatched = left.responseId();
            }
            other.process().destroy();
            Thread.sleep(300);
            assertThat(other.ready()).isFalse();
            assertThat(list(other)).as("whoever still comes is served").isEqualTo(200);
            Thread.sleep(2500);
            assertThat(other.process().isAlive()).isTrue();
            rest.countDown();
            Events events = stream.toTheEnd();
            assertThat(events.types()).endsWith("response.completed");
            assertThat(events.text()).isEqualTo("Half and half");
            assertThat(other.endsWithin(Duration.ofSeconds(15))).isTrue();
            JsonPath ended = person.asks().get("/v1/responses/" + unwatched).jsonPath();
            assertThat(ended.getString("status")).isEqualTo("failed");
            assertThat(ended.getString("output[0].content[0].text")).isEqualTo("Half");
        }
    }

    private int list(Replica replica) {
        return RestAssured.given()
                .port(replica.port())
                .header("Authorization", "Bearer " + person.token())
                .get("/v1/conversations")
                .statusCode();
    }

    private JsonPath ended(String id) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            JsonPath turn = person.asks().get("/v1/responses/" + id).jsonPath();
            if (!"in_progress".equals(turn.getString("status"))) {
                return turn;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the turn did not end within 30 s");
    }
}
