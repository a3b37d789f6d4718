package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.PublicId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RecoveryIT extends Service {
    private static final String STREAM =
            "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}";

    private final Person person = new Person();

    @Test
    void endsATurnWhoseReplicaIsGoneWithWhatItHadSaidAndFencesWhatComesLate() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Half");
                    late.await(10, TimeUnit.SECONDS);
                    answer.delta(" and more").finished("stop", 2);
                });
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            stream.until("response.output_text.delta");
            String id = stream.responseId();
            UUID row = PublicId.parse("resp_", id).orElseThrow();
            // As if another replica had run it and were not heard of any more.
            assertThat(
                            Rows.change(
                                    "UPDATE response SET lease_owner = gen_random_uuid(),"
                                            + " lease_until = now() - interval '1 second'"
                                            + " WHERE id = ?",
                                    row))
                    .isEqualTo(1);
            JsonPath swept = ended(id);
            assertThat(swept.getString("status")).isEqualTo("failed");
            assertThat(swept.getString("parley.finish")).isEqualTo("abandoned");
            assertThat(swept.getString("output[0].content[0].text")).isEqualTo("Half");
            late.countDown();
            Events events = stream.toTheEnd();
            assertThat(events.types()).endsWith("error", "response.failed");
            assertThat(events.text()).isEqualTo("Half");
            JsonPath after = person.asks().get("/v1/responses/" + id).jsonPath();
            assertThat(after.getString("output[0].content[0].text")).isEqualTo("Half");
            assertThat(after.getString("status")).isEqualTo("failed");
            assertThat(Rows.text("SELECT epoch FROM response WHERE id = ?", row)).isEqualTo("2");
            assertThat(Rows.text("SELECT count(*) FROM response_delta WHERE response_id = ?", row))
                    .isEqualTo("0");
        }
    }

    @Test
    void aLateEndDoesNotBringBackADeletedTurn() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Half");
                    late.await(10, TimeUnit.SECONDS);
                    answer.finished("stop", 1);
                });
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            stream.until("response.output_text.delta");
            String id = stream.responseId();
            UUID row = PublicId.parse("resp_", id).orElseThrow();
            assertThat(person.asks().delete("/v1/responses/" + id).statusCode()).isEqualTo(200);
            late.countDown();
            assertThat(stream.toTheEnd().types()).endsWith("response.incomplete");
            assertThat(person.asks().get("/v1/responses/" + id).statusCode()).isEqualTo(404);
            assertThat(
                            Rows.text(
                                    "SELECT count(*) FROM node n JOIN response r"
                                            + " ON n.id = r.output_item_id WHERE r.id = ?",
                                    row))
                    .isEqualTo("0");
            assertThat(Rows.text("SELECT count(*) FROM response_delta WHERE response_id = ?", row))
                    .isEqualTo("0");
            assertThat(
                            Rows.text(
                                    "SELECT count(*) FROM payload p JOIN response r"
                                            + " ON r.conversation_id = p.conversation_id"
                                            + " WHERE r.id = ?",
                                    row))
                    .isEqualTo("0");
        }
    }

    @Test
    void erasesWhatReachesTheLogAfterTheTurnWasDeleted() throws Exception {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        String id = person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}").path("id");
        UUID row = PublicId.parse("resp_", id).orElseThrow();
        person.asks().delete("/v1/responses/" + id).then().statusCode(200);
        // What another replica had on its way.
        Rows.change("INSERT INTO response_delta VALUES (?, 0, '[\"One\"]')", row);
        String left = "SELECT count(*) FROM response_delta WHERE response_id = ?";
        for (int i = 0; i < 100 && !"0".equals(Rows.text(left, row)); i++) {
            Thread.sleep(50);
        }
        assertThat(Rows.text(left, row)).isEqualTo("0");
    }

    @Test
    void endsATurnWhileItsConversationIsBeingDeleted() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Half");
                    end.await(10, TimeUnit.SECONDS);
                    answer.finished("stop", 1);
                });
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            stream.until("response.output_text.delta");
            UUID row = PublicId.parse("resp_", stream.responseId()).orElseThrow();
            // What a deletion does: the conversation is locked first, then its turns.
            Rows.within(
                    transaction -> {
                        transaction.change(
                                "UPDATE conversation SET updated_at = now() WHERE id ="
                                        + " (SELECT conversation_id FROM response WHERE id = ?)",
                                row);
                        end.countDown();
                        Thread.sleep(500);
                        transaction.change("SET LOCAL lock_timeout = '500ms'");
                        transaction.change(
                                "UPDATE response SET metadata = metadata WHERE id = ?", row);
                    });
            assertThat(stream.toTheEnd().types()).endsWith("response.completed");
        }
    }

    @Test
    void noticesWithinASecondThatADeletedConversationsTurnIsToStop() throws Exception {
        String conversation = person.conversation();
        GatewayPeer.plays(
                answer -> {
                    answer.admitted();
                    for (int i = 0; i < 100; i++) {
                        answer.delta("word ").pause(Duration.ofMillis(100));
                    }
                });
        try (OpenStream stream =
                OpenStream.post(
                        person,
                        "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true,\"conversation\":\"%s\"}"
                                .formatted(conversation))) {
            stream.until("response.output_text.delta");
            assertThat(person.asks().delete("/v1/conversations/" + conversation).statusCode())
                    .isEqualTo(200);
            assertThat(GatewayPeer.wasCut(Duration.ofSeconds(3))).isTrue();
            stream.toTheEnd();
        }
        assertThat(
                        Rows.text(
                                "SELECT count(*) FROM payload WHERE conversation_id = ?",
                                PublicId.parse("conv_", conversation).orElseThrow()))
                .isEqualTo("0");
    }

    @Test
    void aReplicaThatDoesNotRunTheTurnMayCancelIt() throws Exception {
        GatewayPeer.plays(
                answer -> {
                    answer.admitted();
                    for (int i = 0; i < 100; i++) {
                        answer.delta("word ").pause(Duration.ofMillis(100));
                    }
                });
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            stream.until("response.output_text.delta");
            // What another replica does on POST …/cancel.
            Rows.change(
                    "UPDATE response SET cancel_requested_at = now() WHERE id = ?",
                    PublicId.parse("resp_", stream.responseId()).orElseThrow());
            assertThat(GatewayPeer.wasCut(Duration.ofSeconds(3))).isTrue();
            assertThat(stream.toTheEnd().last().path("response").path("status").asText())
                    .isEqualTo("cancelled");
        }
    }

    private JsonPath ended(String id) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            JsonPath turn = person.asks().get("/v1/responses/" + id).jsonPath();
            if (!"in_progress".equals(turn.getString("status"))) {
                return turn;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the turn did not end");
    }
}
