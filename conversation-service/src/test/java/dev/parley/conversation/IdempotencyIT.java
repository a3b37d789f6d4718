package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.PublicId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyIT extends RepeatScene {
    private static final String STREAM =
            "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}";

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
    void beginsAConversationOnceForTheRetriesOfAnSdk() {
        String body = "{\"metadata\":{\"a\":\"b\"}}";
        Response first = tried("0", body, "/v1/conversations");
        assertThat(tried("1", body, "/v1/conversations").asString()).isEqualTo(first.asString());
        assertThat(tried("2", body, "/v1/conversations").asString()).isEqualTo(first.asString());
        Response anew = tried("0", body, "/v1/conversations");
        assertThat(anew.<String>path("id")).isNotEqualTo(first.path("id"));
        assertThat(tried("1", body, "/v1/conversations").asString()).isEqualTo(anew.asString());
        assertThat(tried("1", "{}", "/v1/conversations").<String>path("id"))
                .isNotIn(first.path("id"), anew.path("id"));
    }

    @Test
    void aRetryThatComesTooLateBeginsAnotherConversation() {
        Response first = tried("0", "{}", "/v1/conversations");
        Rows.change(
                "UPDATE idempotency_key SET created_at = now() - interval '11 minutes'"
                        + " WHERE owner_id = ?",
                person.subject);
        assertThat(tried("1", "{}", "/v1/conversations").<String>path("id"))
                .isNotEqualTo(first.path("id"));
    }

    @Test
    void addsItemsOnceForAKey() {
        String items = "/v1/conversations/" + person.conversation() + "/items";
        String body = items("One", "Two");
        Response first = keyed("i", body, items);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.jsonPath().getList("data")).hasSize(2);
        assertThat(keyed("i", body, items).asString()).isEqualTo(first.asString());
        keyed("j", items("Three"), items).then().statusCode(200);
        assertThat(keyed("i", body, items).asString()).isEqualTo(first.asString());
        assertThat(keyed("i", items("Other"), items).statusCode()).isEqualTo(422);
        String elsewhere = "/v1/conversations/" + person.conversation() + "/items";
        assertThat(keyed("i", body, elsewhere).statusCode()).isEqualTo(422);
        assertThat(texts(items)).containsExactly("Three", "Two", "One");
        assertThat(texts(elsewhere)).isEmpty();
    }

    @Test
    void addsItemsOnceForTheRetriesOfAnSdk() {
        String items = "/v1/conversations/" + person.conversation() + "/items";
        Response first = tried("0", items("One"), items);
        assertThat(tried("1", items("One"), items).asString()).isEqualTo(first.asString());
        assertThat(texts(items)).containsExactly("One");
        tried("0", items("One"), items).then().statusCode(200);
        person.asks().body(items("One")).post(items).then().statusCode(200);
        assertThat(texts(items)).containsExactly("One", "One", "One");
    }

    @Test
    void addsItemsOnceThoughARetryOvertakesTheFirstTry() throws Exception {
        String conversation = person.conversation();
        String items = "/v1/conversations/" + conversation + "/items";
        List<Thread> requests = new ArrayList<>();
        List<Response> answers = new CopyOnWriteArrayList<>();
        Rows.within(
                transaction -> {
                    // Who holds the conversation keeps all of them waiting.
                    transaction.change(
                            "UPDATE conversation SET updated_at = now() WHERE id = ?",
                            PublicId.parse("conv_", conversation).orElseThrow());
                    for (int i = 0; i < 4; i++) {
                        requests.add(
                                Thread.ofVirtual()
                                        .start(() -> answers.add(keyed("i", items("One"), items))));
                    }
                    waitForLocks(4);
                });
        for (Thread request : requests) {
            request.join();
        }
        assertThat(answers)
                .hasSize(4)
                .extracting(Response::asString)
                .containsOnly(answers.getFirst().asString());
        assertThat(texts(items)).containsExactly("One");
    }

    @Test
    void freesTheKeyOfItemsThatWereNotAdded() {
        String conversation = person.conversation();
        String path = "/v1/conversations/" + conversation;
        person.asks().body("{\"state\":\"paused\"}").post(path).then().statusCode(200);
        keyed("i", items("One"), path + "/items").then().statusCode(409);
        person.asks().body("{\"state\":\"active\"}").post(path).then().statusCode(200);
        keyed("i", items("One"), path + "/items").then().statusCode(200);
    }

    @Test
    void whatWasDeletedIsNotFoundByItsKey() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        String turn = keyed("t", PLAIN).path("id");
        person.asks().delete("/v1/responses/" + turn).then().statusCode(200);
        gone(keyed("t", PLAIN));

        String conversation = conversation("{}").path("id");
        String items = "/v1/conversations/" + conversation + "/items";
        String item = keyed("i", items("One", "Two"), items).path("data[0].id");
        person.asks().delete(items + "/" + item).then().statusCode(200);
        gone(keyed("i", items("One", "Two"), items));
        person.asks().delete("/v1/conversations/" + conversation).then().statusCode(200);
        gone(conversation("{}"));
        gone(keyed("i", items("One", "Two"), items));
        assertThat(GatewayPeer.calls()).hasSize(1);
    }

    @Test
    void tellsWhoJoinsARunningTurnItsLimits() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("One");
                    rest.await(10, TimeUnit.SECONDS);
                    answer.finished("stop", 1);
                });
        try (OpenStream first = OpenStream.post(person, STREAM, "Idempotency-Key", "l")) {
            first.until("response.output_text.delta");
            try (OpenStream joined = OpenStream.post(person, STREAM, "Idempotency-Key", "l")) {
                assertThat(joined.header("x-ratelimit-remaining-requests")).isEqualTo("599");
                rest.countDown();
                assertThat(joined.toTheEnd().text()).isEqualTo("One");
            }
        }
    }

    @Test
    void refusesAKeyThatIsNotPrintable() {
        assertThat(keyed("x".repeat(256), PLAIN).statusCode()).isEqualTo(400);
    }

    private Response conversation(String body) {
        return person.asks().header("Idempotency-Key", "c").body(body).post("/v1/conversations");
    }

    private static String items(String... texts) {
        return Stream.of(texts)
                .map("{\"role\":\"user\",\"content\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    private List<String> texts(String items) {
        return person.asks().get(items).jsonPath().getList("data.collect { it.content[0].text }");
    }

    private static void waitForLocks(int count) throws InterruptedException {
        String waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        for (int i = 0; i < 100 && !String.valueOf(count).equals(Rows.text(waiting)); i++) {
            Thread.sleep(50);
        }
        assertThat(Rows.text(waiting)).isEqualTo(String.valueOf(count));
    }
}
