package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.app.response.ForgetRepeats;
import dev.parley.platform.id.PublicId;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Turns of which nothing is stored, asked for again. */
@QuarkusTest
class UnstoredRepeatIT extends RepeatScene {
    @Test
    void givesAnAnswerAgainThatIsNotStored() {
        GatewayPeer.plays(GatewayPeer.saying("One", "Two"));
        for (String body :
                List.of(
                        unstored("\"stream\":false"),
                        unstored(
                                "\"stream\":true,\"instructions\":\"Rhyme.\",\"metadata\":{\"a\":\"b\"}"))) {
            Response first = keyed(body, body);
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.asString()).contains("One");
            assertThat(keyed(body, body).asString()).isEqualTo(first.asString());
            assertThat(keyed(body, unstored("\"top_p\":1")).statusCode()).isEqualTo(422);
        }
        assertThat(GatewayPeer.calls()).hasSize(2);
    }

    @Test
    void anAnswerThatIsNotStoredIsKeptForItsRetryAlone() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        Response first = keyed("u", unstored("\"user\":\"x\""));
        String id = first.path("id");
        assertThat(person.asks().get("/v1/responses/" + id).statusCode()).isEqualTo(404);
        assertThat(
                        person.turn(
                                        "{\"model\":\"simulated\",\"input\":\"x\",\"previous_response_id\":\"%s\"}"
                                                .formatted(id))
                                .statusCode())
                .isEqualTo(404);
        assertThat(person.asks().get("/v1/conversations").jsonPath().getList("data")).isEmpty();
        UUID row = PublicId.parse("resp_", id).orElseThrow();
        assertThat(Rows.text("SELECT turn::text FROM kept_turn WHERE response_id = ?", row))
                .doesNotContain("One");
        assertThat(payloads()).isEqualTo("1");
        person.turn(unstored("\"top_p\":1")).then().statusCode(200);
        assertThat(kept()).isEqualTo("1");
    }

    @Test
    void forgetsAnAnswerThatNobodyMayAskForAgain() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        keyed("u", unstored("\"top_p\":1")).then().statusCode(200);
        Arc.container().instance(ForgetRepeats.class).get().handle();
        assertThat(kept()).isEqualTo("1");
        Rows.change(
                "UPDATE kept_turn SET expires_at = expires_at - interval '24 hours'"
                        + " WHERE organization_id = ?",
                person.organization);

        Arc.container().instance(ForgetRepeats.class).get().handle();

        assertThat(kept()).isEqualTo("0");
        assertThat(payloads()).isEqualTo("0");
    }

    @Test
    void anAnswerIsErasedWithTheConversationThatItContinued() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        Response turn = person.turn(PLAIN);
        String body =
                unstored("\"previous_response_id\":\"%s\"".formatted(turn.<String>path("id")));
        keyed("u", body).then().statusCode(200);
        String conversation = turn.path("conversation.id");
        person.asks().delete("/v1/conversations/" + conversation).then().statusCode(200);
        gone(keyed("u", body));
    }

    @Test
    void keepsNothingOfWhatAnSdkSendsWithoutAKey() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        String body = unstored("\"top_p\":1");
        tried("0", body, "/v1/responses").then().statusCode(200);
        tried("1", body, "/v1/responses").then().statusCode(200);
        assertThat(GatewayPeer.calls()).hasSize(2);
        assertThat(kept()).isEqualTo("0");
        assertThat(payloads()).isEqualTo("0");
    }

    @Test
    void whileWhatIsNotStoredRunsItsKeyIsInProgress() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("One");
                    while (!rest.await(200, TimeUnit.MILLISECONDS)) {
                        answer.delta(" more");
                    }
                    answer.finished("stop", 1);
                });
        String body = unstored("\"top_p\":1");
        Thread first = Thread.ofVirtual().start(() -> keyed("u", body));
        waitForCalls(1);
        assertThat(keyed("u", body).jsonPath().getString("error.code"))
                .isEqualTo("idempotency_in_progress");
        rest.countDown();
        first.join();
        assertThat(keyed("u", body).asString()).contains("One");
        assertThat(GatewayPeer.calls()).hasSize(1);
    }

    @Test
    void whatCameToNothingAndIsNotStoredIsTakenAnew() throws Exception {
        String body = unstored("\"stream\":true");
        GatewayPeer.plays(answer -> answer.admitted().failed("upstream_error"));
        keyed("u", body).then().statusCode(200);
        assertThat(kept()).isEqualTo("0");
        GatewayPeer.plays(answer -> answer.refused(429, "rate_limited", ""));
        assertThat(keyed("u", body).statusCode()).isEqualTo(429);
        assertThat(kept()).isEqualTo("0");
        GatewayPeer.plays(answer -> answer.refused(422, "content_blocked", ""));
        assertThat(keyed("u", body).statusCode()).isEqualTo(422);
        GatewayPeer.plays(GatewayPeer.saying("One"));
        assertThat(keyed("u", body).statusCode()).isEqualTo(422);
        assertThat(GatewayPeer.calls()).isEmpty();
        assertThat(keyed("v", body).asString()).contains("One");
    }

    @Test
    void takesOverFromAReplicaThatIsGone() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        String body = unstored("\"top_p\":1");
        keyed("u", body).then().statusCode(200);
        Rows.change(
                "UPDATE kept_turn SET turn = NULL, lease_until = now() + interval '1 minute'"
                        + " WHERE organization_id = ?",
                person.organization);
        assertThat(keyed("u", body).statusCode()).isEqualTo(409);
        Rows.change(
                "UPDATE kept_turn SET lease_until = now() - interval '1 second'"
                        + " WHERE organization_id = ?",
                person.organization);
        assertThat(keyed("u", body).statusCode()).isEqualTo(200);
        assertThat(GatewayPeer.calls()).hasSize(2);
    }

    private static String unstored(String more) {
        return "{\"model\":\"simulated\",\"input\":\"Hi\",\"store\":false,%s}".formatted(more);
    }

    private @Nullable String kept() {
        return Rows.text(
                "SELECT count(*) FROM kept_turn WHERE organization_id = ?", person.organization);
    }

    private @Nullable String payloads() {
        return Rows.text(
                "SELECT count(*) FROM payload WHERE organization_id = ?", person.organization);
    }
}
