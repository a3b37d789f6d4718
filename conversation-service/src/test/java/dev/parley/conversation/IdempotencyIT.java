package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyIT extends Service {
    private static final String PLAIN = "{\"model\":\"simulated\",\"input\":\"Hi\"}";
    private static final String STREAM =
            "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}";

    private final Person person = new Person();

    @Test
    void givesTheFirstAnswerAgain() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        Response first = keyed("k", PLAIN);
        Response second = keyed("k", PLAIN);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(GatewayPeer.calls()).hasSize(1);
    }

    @Test
    void replaysAStream() {
        GatewayPeer.plays(GatewayPeer.saying("One", "Two"));
        Response first = keyed("k", STREAM);
        Response second = keyed("k", STREAM);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(GatewayPeer.calls()).hasSize(1);
    }

    @Test
    void refusesTheKeyForAnotherBody() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        keyed("k", PLAIN);
        Response other = keyed("k", "{\"model\":\"simulated\",\"input\":\"Ho\"}");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.jsonPath().getString("error.code")).isEqualTo("idempotency_key_reused");
        Person somebody = new Person();
        assertThat(
                        somebody.asks()
                                .header("Idempotency-Key", "k")
                                .body(PLAIN)
                                .post("/v1/responses")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whileTheFirstRunsAPlainRepeatWaitsItsTurnAndAStreamJoins() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("One");
                    rest.await(10, TimeUnit.SECONDS);
                    answer.delta("Two").finished("stop", 2);
                });
        Thread first = Thread.ofVirtual().start(() -> keyed("plain", PLAIN));
        waitForCalls(1);
        Response repeat = keyed("plain", PLAIN);
        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.jsonPath().getString("error.code")).isEqualTo("idempotency_in_progress");
        assertThat(repeat.header("x-should-retry")).isNull();

        Thread stream = Thread.ofVirtual().start(() -> keyed("stream", STREAM));
        waitForCalls(2);
        CountDownLatch joined = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(
                        () -> {
                            assertThat(Events.of(keyed("stream", STREAM).asString()).text())
                                    .isEqualTo("OneTwo");
                            joined.countDown();
                        });
        Thread.sleep(200);
        rest.countDown();
        assertThat(joined.await(5, TimeUnit.SECONDS)).isTrue();
        first.join();
        stream.join();
        assertThat(GatewayPeer.calls()).hasSize(2);
    }

    @Test
    void keepsARefusalThatStandsAndFreesTheKeyAfterOneThatMayPass() {
        GatewayPeer.plays(answer -> answer.refused(422, "content_blocked", ""));
        assertThat(keyed("stands", PLAIN).statusCode()).isEqualTo(422);
        GatewayPeer.plays(GatewayPeer.saying("One"));
        assertThat(keyed("stands", PLAIN).statusCode()).isEqualTo(422);
        assertThat(GatewayPeer.calls()).isEmpty();

        GatewayPeer.plays(answer -> answer.refused(429, "rate_limited", ""));
        assertThat(keyed("passes", PLAIN).statusCode()).isEqualTo(429);
        GatewayPeer.plays(GatewayPeer.saying("One"));
        assertThat(keyed("passes", PLAIN).statusCode()).isEqualTo(200);
    }

    @Test
    void joinsTheRetryOfAnOfficialSdk() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        Response first = person.turn(PLAIN);
        Response retry =
                person.asks()
                        .header("X-Stainless-Retry-Count", "1")
                        .body(PLAIN)
                        .post("/v1/responses");
        assertThat(retry.asString()).isEqualTo(first.asString());
        Response anew =
                person.asks()
                        .header("X-Stainless-Retry-Count", "0")
                        .body(PLAIN)
                        .post("/v1/responses");
        assertThat(anew.<String>path("id")).isNotEqualTo(first.path("id"));
        assertThat(GatewayPeer.calls()).hasSize(2);
    }

    @Test
    void aRetryOfWhatFailedIsTakenAnew() {
        GatewayPeer.plays(answer -> answer.admitted().failed("upstream_error"));
        assertThat(person.turn(PLAIN).statusCode()).isEqualTo(502);
        GatewayPeer.plays(GatewayPeer.saying("One"));
        assertThat(
                        person.asks()
                                .header("X-Stainless-Retry-Count", "1")
                                .body(PLAIN)
                                .post("/v1/responses")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void beginsAConversationOnceForAKey() {
        String body = "{\"metadata\":{\"a\":\"b\"}}";
        Response first = conversation(body);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(conversation(body).asString()).isEqualTo(first.asString());
        assertThat(conversation("{}").statusCode()).isEqualTo(422);
        assertThat(conversation(body).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAKeyThatIsNotPrintable() {
        assertThat(keyed("x".repeat(256), PLAIN).statusCode()).isEqualTo(400);
    }

    private Response conversation(String body) {
        return person.asks().header("Idempotency-Key", "c").body(body).post("/v1/conversations");
    }

    private Response keyed(String key, String body) {
        return person.asks().header("Idempotency-Key", key).body(body).post("/v1/responses");
    }

    private static void waitForCalls(int count) throws InterruptedException {
        for (int i = 0; i < 100 && GatewayPeer.calls().size() < count; i++) {
            Thread.sleep(50);
        }
        assertThat(GatewayPeer.calls()).hasSize(count);
    }
}
