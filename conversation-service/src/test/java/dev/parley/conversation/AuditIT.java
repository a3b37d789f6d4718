package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testing.peers.EventContract;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who changed what, and who was refused, is told to the audit trail; never what was said. */
@QuarkusTest
class AuditIT extends Service {
    private static final EventContract CONTRACT =
            EventContract.own("dev.parley.conversation.audit_recorded.v1");
    private static final EventContract FINISHED =
            EventContract.own("dev.parley.conversation.response_finished.v1");
    private static final EventContract DELETED =
            EventContract.own("dev.parley.conversation.conversation_deleted.v1");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Person person = new Person();

    @Test
    void tellsOfEachChangeWithItsConversationAndTrace() {
        GatewayPeer.plays(GatewayPeer.saying("Hello"));
        String id = person.conversation();
        change(id, "{\"title\":\"a secret title\"}");
        String turn =
                person.turn(
                                "{\"model\":\"simulated\",\"input\":\"a secret question\","
                                        + "\"conversation\":\"%s\"}".formatted(id))
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id");
        person.asks().delete("/v1/responses/" + turn).then().statusCode(200);
        person.asks()
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .delete("/v1/conversations/" + id)
                .then()
                .statusCode(200);

        List<JsonNode> told = told("parley.audit", person.organization, 4, CONTRACT);
        assertThat(told)
                .extracting(deed -> deed.path("action").asText())
                .containsExactly(
                        "conversation.create",
                        "conversation.update",
                        "response.delete",
                        "conversation.delete");
        assertThat(told)
                .allSatisfy(
                        deed -> {
                            assertThat(deed.path("conversation").asText()).isEqualTo(id);
                            assertThat(deed.path("actor").asText()).isEqualTo(person.subject);
                            assertThat(deed.path("client").asText()).isEqualTo("parley");
                            assertThat(deed.path("outcome").asText()).isEqualTo("allowed");
                            assertThat(deed.toString()).doesNotContain("secret");
                        });
        assertThat(told.get(2).path("resource_id").asText()).isEqualTo(turn);
        assertThat(told.get(3).path("trace").asText()).isEqualTo(TRACE);
        assertThat(told("parley.conversation", id, 2, FINISHED, DELETED)).hasSize(2);
        JsonNode finished = only(FINISHED, id);
        assertThat(finished.path("response").asText()).isEqualTo(turn);
        JsonNode deleted = only(DELETED, id);
        assertThat(deleted.path("conversation").asText()).isEqualTo(id);
        assertThat(deleted.path("organization").asText()).isEqualTo(person.organization);
        assertThat(deleted.path("subject").asText()).isEqualTo(person.subject);
    }

    /** The one event of the type, whose data keeps its contract. */
    private static JsonNode only(EventContract contract, String key) {
        List<String> told =
                Rows.texts(
                        "SELECT data FROM outbox WHERE type = ? AND event_key = ?",
                        contract.type(),
                        key);
        assertThat(told).hasSize(1);
        return checked(told.getFirst(), contract);
    }

    @Test
    void tellsOfItemsAndOfATurnThatWasCancelled() throws Exception {
        String id = person.conversation();
        String items = "/v1/conversations/" + id + "/items";
        String item =
                person.asks()
                        .body("{\"items\":[{\"role\":\"user\",\"content\":\"a secret\"}]}")
                        .post(items)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("data[0].id");
        person.asks().delete(items + "/" + item).then().statusCode(200);
        CountDownLatch rest = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Half");
                    rest.await(10, TimeUnit.SECONDS);
                });
        String turn;
        try (OpenStream stream =
                OpenStream.post(
                        person,
                        "{\"model\":\"simulated\",\"input\":\"x\",\"stream\":true,\"conversation\":\"%s\"}"
                                .formatted(id))) {
            stream.until("response.output_text.delta");
            turn = stream.responseId();
            person.asks().post("/v1/responses/" + turn + "/cancel").then().statusCode(200);
        } finally {
            rest.countDown();
        }

        List<JsonNode> told = told("parley.audit", person.organization, 4, CONTRACT);
        assertThat(told)
                .extracting(deed -> deed.path("action").asText())
                .containsExactly(
                        "conversation.create", "item.create", "item.delete", "response.cancel");
        assertThat(told)
                .extracting(deed -> deed.path("resource_id").asText())
                .containsExactly(id, id, item, turn);
        assertThat(told)
                .allSatisfy(
                        deed -> {
                            assertThat(deed.path("conversation").asText()).isEqualTo(id);
                            assertThat(deed.path("actor").asText()).isEqualTo(person.subject);
                            assertThat(deed.path("outcome").asText()).isEqualTo("allowed");
                            assertThat(deed.toString()).doesNotContain("secret");
                        });
    }

    @Test
    void tellsOfARefusedTurnOnceWithTheTurnAndItsTrace() {
        GatewayPeer.plays(answer -> answer.refused(429, "quota_exceeded", ""));
        person.asks()
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .body("{\"model\":\"simulated\",\"input\":\"Hi\"}")
                .post("/v1/responses")
                .then()
                .statusCode(429);

        List<JsonNode> told = settled(1);
        assertThat(told).hasSize(1);
        JsonNode refused = told.getFirst();
        assertThat(refused.path("action").asText()).isEqualTo("response.create");
        assertThat(refused.path("outcome").asText()).isEqualTo("refused");
        assertThat(refused.path("code").asText()).isEqualTo("quota_exceeded");
        assertThat(refused.path("resource_id").asText()).startsWith("resp_");
        assertThat(refused.path("conversation").asText()).startsWith("conv_");
        assertThat(refused.path("trace").asText()).isEqualTo(TRACE);
    }

    @Test
    void countsRefusedTurnsOfWhichNothingIsKept() {
        GatewayPeer.plays(answer -> answer.refused(422, "content_blocked", ""));
        // Another's refusal has just been written: the next ones are within one interval.
        Person other = new Person();
        refuse(other);
        told("parley.audit", other.organization, 1, CONTRACT);
        for (int i = 0; i < 3; i++) {
            refuse(person);
        }

        List<JsonNode> told = settled(1);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().path("occurrences").asInt()).isEqualTo(3);
        assertThat(told.getFirst().path("code").asText()).isEqualTo("content_blocked");
        assertThat(told.getFirst().path("action").asText()).isEqualTo("response.create");
    }

    private static void refuse(Person who) {
        who.turn("{\"model\":\"simulated\",\"input\":\"Hi\",\"store\":false}")
                .then()
                .statusCode(422);
    }

    @Test
    void callsAnOutageNoRefusal() {
        GatewayPeer.plays(answer -> answer.refused(503, "dependency_unavailable", ""));
        person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}").then().statusCode(503);
        person.asks().get("/v1/conversations/conv_" + hex()).then().statusCode(404);

        assertThat(settled(0)).isEmpty();
    }

    @Test
    void tellsOfAScopeThatIsMissing() {
        String token =
                IdentityPeer.clientToken(
                        TokenClaims.client(person.subject, person.organization).withScopes("chat"));
        RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body("{}")
                .post("/v1/conversations")
                .then()
                .statusCode(403);

        JsonNode refused = settled(1).getFirst();
        assertThat(refused.path("action").asText()).isEqualTo("conversation.create");
        assertThat(refused.path("code").asText()).isEqualTo("insufficient_scope");
    }

    private void change(String conversation, String body) {
        person.asks().body(body).post("/v1/conversations/" + conversation).then().statusCode(200);
    }

    /** What was told a while after, when everything that comes has come. */
    private List<JsonNode> settled(int count) {
        told("parley.audit", person.organization, count, CONTRACT);
        pause(Duration.ofMillis(1500));
        return told("parley.audit", person.organization, count, CONTRACT);
    }

    private static List<JsonNode> told(
            String topic, String key, int count, EventContract... contracts) {
        Instant end = Instant.now().plusSeconds(10);
        List<String> told = read(topic, key);
        while (told.size() < count && Instant.now().isBefore(end)) {
            pause(Duration.ofMillis(100));
            told = read(topic, key);
        }
        assertThat(told).hasSizeGreaterThanOrEqualTo(count);
        return told.stream().map(data -> checked(data, contracts)).toList();
    }

    private static JsonNode checked(String data, EventContract... contracts) {
        assertThat(contracts).anySatisfy(it -> assertThat(it.faultsOf(data)).isEmpty());
        try {
            return new ObjectMapper().readTree(data);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static List<String> read(String topic, String key) {
        return Rows.texts(
                "SELECT data FROM outbox WHERE topic = ? AND event_key = ? ORDER BY sequence",
                topic,
                key);
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }
}
