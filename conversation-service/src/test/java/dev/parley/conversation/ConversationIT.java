package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.PublicId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ConversationIT extends Service {
    private final Person person = new Person();

    @Test
    void beginsWithItemsTitleMetadataAndInstructions() {
        Response created =
                person.asks()
                        .body(
                                """
                                {"title":"Cafe\\u0301","metadata":{"k":"v"},"instructions":"Be brief.",
                                 "items":[{"role":"user","content":"Hi"},
                                          {"role":"assistant","content":"Hello"}]}
                                """)
                        .post("/v1/conversations");
        assertThat(created.statusCode()).describedAs(created.asString()).isEqualTo(200);
        JsonPath conversation = created.jsonPath();
        assertThat(conversation.getString("object")).isEqualTo("conversation");
        assertThat(conversation.getString("title")).isEqualTo("Café");
        assertThat(conversation.getString("state")).isEqualTo("active");
        Response read = person.asks().get(path(conversation.getString("id")));
        assertThat(read.jsonPath().getMap("$")).isEqualTo(conversation.getMap("$"));
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        JsonPath items =
                person.asks()
                        .get(path(conversation.getString("id")) + "/items?order=asc")
                        .jsonPath();
        assertThat(items.getList("data.role")).isEqualTo(List.of("user", "assistant"));
        assertThat(items.getList("data.parley.origin")).isEqualTo(List.of("sent", "supplied"));
        assertThat(items.getString("data[1].content[0].type")).isEqualTo("output_text");
        assertThat(items.getString("data[1].parley.parent_id"))
                .isEqualTo(items.getString("data[0].id"));
    }

    @Test
    void changesWithTheVersionThatTheCallerRead() {
        String id = person.conversation();
        Response changed =
                person.asks()
                        .header("If-Match", "\"1\"")
                        .body("{\"title\":\"New\",\"metadata\":{\"a\":\"1\"}}")
                        .post(path(id));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.jsonPath().getInt("version")).isEqualTo(2);
        Response conflict =
                person.asks()
                        .header("If-Match", "\"1\"")
                        .body("{\"title\":\"Old\"}")
                        .patch(path(id));
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.jsonPath().getString("error.code")).isEqualTo("version_conflict");
        assertThat(conflict.header("x-should-retry")).isEqualTo("false");
        JsonPath untitled = person.asks().body("{\"title\":null}").patch(path(id)).jsonPath();
        assertThat(untitled.getString("title")).isNull();
        assertThat(untitled.getMap("metadata").get("a")).isEqualTo("1");
        assertThat(person.asks().body("{\"titel\":\"x\"}").patch(path(id)).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "paused, active, 200",
        "paused, archived, 200",
        "paused, closed, 200",
        "archived, active, 200",
        "archived, paused, 409",
        "archived, closed, 200",
        "closed, active, 409",
        "closed, closed, 200"
    })
    void movesBetweenStatesAsTheLawSays(String from, String to, int status) {
        String id = person.conversation();
        state(id, from, 200);
        state(id, to, status);
    }

    private void state(String id, String state, int status) {
        Response answer = person.asks().body("{\"state\":\"" + state + "\"}").patch(path(id));
        assertThat(answer.statusCode()).describedAs(answer.asString()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"paused", "archived", "closed"})
    void onlyAnActiveOneTakesTurns(String state) {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        String id = person.conversation();
        String response =
                person.turn(
                                "{\"model\":\"simulated\",\"input\":\"1\",\"conversation\":\"%s\"}"
                                        .formatted(id))
                        .path("id");
        state(id, state, 200);
        for (String place :
                List.of(
                        "\"conversation\":\"" + id + "\"",
                        "\"previous_response_id\":\"" + response + "\"")) {
            Response refused =
                    person.turn("{\"model\":\"simulated\",\"input\":\"2\"," + place + "}");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.jsonPath().getString("error.code"))
                    .isEqualTo("conversation_not_active");
            assertThat(refused.header("x-should-retry")).isEqualTo("false");
        }
        Response items =
                person.asks()
                        .body("{\"items\":[{\"role\":\"user\",\"content\":\"x\"}]}")
                        .post(path(id) + "/items");
        assertThat(items.statusCode()).isEqualTo(409);
    }

    @Test
    void listsByKeyInEitherDirection() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(person.conversation());
        }
        JsonPath first = list("?order=asc&limit=2");
        assertThat(first.getList("data.id")).isEqualTo(ids.subList(0, 2));
        assertThat(first.getBoolean("has_more")).isTrue();
        assertThat(list("?order=asc&limit=3&after=" + ids.get(1)).getList("data.id"))
                .isEqualTo(ids.subList(2, 5));
        assertThat(list("?order=asc&limit=2&before=" + ids.get(4)).getList("data.id"))
                .isEqualTo(ids.subList(2, 4));
        List<String> newestFirst = new ArrayList<>(ids);
        Collections.reverse(newestFirst);
        assertThat(list("").getList("data.id")).isEqualTo(newestFirst);
        assertThat(person.asks().get("/v1/conversations?limit=0").statusCode()).isEqualTo(400);
        assertThat(person.asks().get("/v1/conversations?order=up").statusCode()).isEqualTo(400);
    }

    @Test
    void addsReadsAndErasesItems() {
        String id = person.conversation();
        Response added =
                person.asks()
                        .body(
                                "{\"items\":[{\"role\":\"user\",\"content\":\"secret\"},"
                                        + "{\"role\":\"user\",\"content\":\"rest\"}]}")
                        .post(path(id) + "/items");
        assertThat(added.statusCode()).describedAs(added.asString()).isEqualTo(200);
        String item = added.jsonPath().getString("data[0].id");
        assertThat(
                        person.asks()
                                .get(path(id) + "/items/" + item)
                                .jsonPath()
                                .getString("content[0].text"))
                .isEqualTo("secret");
        Response erased = person.asks().delete(path(id) + "/items/" + item);
        assertThat(erased.jsonPath().getString("id")).isEqualTo(id);
        assertThat(person.asks().get(path(id) + "/items/" + item).statusCode()).isEqualTo(404);
        assertThat(person.asks().delete(path(id) + "/items/" + item).statusCode()).isEqualTo(404);
        assertThat(
                        person.asks()
                                .get(path(id) + "/items")
                                .jsonPath()
                                .getList("data.content.text.flatten()"))
                .isEqualTo(List.of("rest"));
        assertThat(Rows.text("SELECT count(*) FROM payload WHERE content::text LIKE '%secret%'"))
                .isEqualTo("0");
        GatewayPeer.plays(GatewayPeer.saying("ok"));
        person.turn(
                "{\"model\":\"simulated\",\"input\":\"next\",\"conversation\":\"%s\"}"
                        .formatted(id));
        assertThat(GatewayPeer.calls().getFirst().path("messages").size()).isEqualTo(2);
    }

    @Test
    void erasesATitleAndInstructionsThatWereReplacedOrTakenAway() {
        String id = person.conversation();
        person.asks()
                .body("{\"title\":\"first title\",\"instructions\":\"first rule\"}")
                .patch(path(id));
        person.asks().body("{\"title\":\"second title\"}").patch(path(id));
        assertThat(texts(id))
                .hasSize(2)
                .anyMatch(text -> text.contains("second title"))
                .anyMatch(text -> text.contains("first rule"));
        person.asks().body("{\"instructions\":null}").patch(path(id));
        assertThat(texts(id)).singleElement().asString().contains("second title");
    }

    private static List<String> texts(String conversation) {
        return Rows.texts(
                "SELECT content::text FROM payload WHERE conversation_id = ?",
                PublicId.parse("conv_", conversation).orElseThrow());
    }

    @Test
    void measuresInstructionsInBytes() {
        String id = person.conversation();
        String most = "é".repeat(128 * 1024);
        assertThat(
                        person.asks()
                                .body("{\"instructions\":\"" + most + "\"}")
                                .patch(path(id))
                                .statusCode())
                .isEqualTo(200);
        Response refused =
                person.asks().body("{\"instructions\":\"" + most + "x\"}").patch(path(id));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("error.code")).isEqualTo("message_too_long");
        assertThat(refused.jsonPath().getString("error.param")).isEqualTo("instructions");
    }

    @Test
    void takesAtMostTwentyItemsAtOnce() {
        String items = "{\"role\":\"user\",\"content\":\"x\"},".repeat(21);
        Response refused =
                person.asks()
                        .body("{\"items\":[" + items.substring(0, items.length() - 1) + "]}")
                        .post("/v1/conversations");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("error.param")).isEqualTo("items");
    }

    @Test
    void deletesEverythingThatWasSaid() {
        GatewayPeer.plays(GatewayPeer.saying("One"));
        String id = person.conversation();
        String response =
                person.turn(
                                "{\"model\":\"simulated\",\"input\":\"1\",\"conversation\":\"%s\"}"
                                        .formatted(id))
                        .path("id");
        Response deleted = person.asks().delete(path(id));
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.jsonPath().getBoolean("deleted")).isTrue();
        assertThat(person.asks().get(path(id)).statusCode()).isEqualTo(404);
        assertThat(person.asks().get(path(id) + "/items").statusCode()).isEqualTo(404);
        assertThat(person.asks().get("/v1/responses/" + response).statusCode()).isEqualTo(404);
        assertThat(list("").getList("data")).isEmpty();
        assertThat(
                        person.turn(
                                        "{\"model\":\"simulated\",\"input\":\"2\",\"conversation\":\"%s\"}"
                                                .formatted(id))
                                .statusCode())
                .isEqualTo(404);
    }

    private JsonPath list(String query) {
        return person.asks().get("/v1/conversations" + query).jsonPath();
    }

    private static String path(String id) {
        return "/v1/conversations/" + id;
    }
}
