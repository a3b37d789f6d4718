package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BranchIT extends Service {
    private final Person person = new Person();

    @Test
    void branchesFromAnEarlierResponseAndLeavesTheHeadWhereItIs() {
        String conversation = person.conversation();
        String first = say(conversation, "1", "One");
        String second = say(conversation, "2", "Two");
        GatewayPeer.plays(GatewayPeer.saying("Other"));
        Response branch =
                person.turn(
                        "{\"model\":\"simulated\",\"input\":\"2b\",\"previous_response_id\":\"%s\"}"
                                .formatted(first));
        assertThat(branch.statusCode()).isEqualTo(200);
        assertThat(branch.jsonPath().getString("conversation.id")).isEqualTo(conversation);
        assertThat(texts(conversation, "")).containsExactly("1", "One", "2", "Two");
        assertThat(texts(conversation, "&branch=" + branch.path("id")))
                .containsExactly("1", "One", "2b", "Other");
        assertThat(texts(conversation, "&branch=" + first)).containsExactly("1", "One");
        assertThat(texts(conversation, "&branch=" + second))
                .containsExactly("1", "One", "2", "Two");
    }

    @Test
    void theFirstOfTwoConcurrentTurnsMovesTheHeadAndTheOtherStaysABranch() throws Exception {
        String conversation = person.conversation();
        CountDownLatch slow = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Slow");
                    slow.await(10, TimeUnit.SECONDS);
                    answer.finished("stop", 1);
                });
        try (OpenStream stream =
                OpenStream.post(
                        person,
                        "{\"model\":\"simulated\",\"input\":\"a\",\"stream\":true,\"conversation\":\"%s\"}"
                                .formatted(conversation))) {
            stream.until("response.output_text.delta");
            say(conversation, "b", "Fast");
            assertThat(texts(conversation, "")).containsExactly("b", "Fast");
            slow.countDown();
            assertThat(stream.toTheEnd().types()).endsWith("response.completed");
            assertThat(texts(conversation, "")).containsExactly("b", "Fast");
            assertThat(texts(conversation, "&branch=" + stream.responseId()))
                    .containsExactly("a", "Slow");
        }
    }

    @Test
    void keepsRefusedTurnsOffEveryPath() {
        String conversation = person.conversation();
        say(conversation, "1", "One");
        GatewayPeer.plays(
                answer -> answer.refused(422, "content_blocked", "\"categories\":[\"x\"],"));
        Response refused =
                person.turn(
                        "{\"model\":\"simulated\",\"input\":\"bad\",\"conversation\":\"%s\"}"
                                .formatted(conversation));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.jsonPath().getString("error.code")).isEqualTo("content_blocked");
        assertThat(refused.jsonPath().getList("categories")).isEqualTo(List.of("x"));
        assertThat(texts(conversation, "")).containsExactly("1", "One");
        assertThat(
                        Rows.text(
                                "SELECT status FROM response WHERE finish = 'refused' AND owner_id = ?",
                                person.subject))
                .isEqualTo("failed");
        assertThat(
                        Rows.text(
                                "SELECT count(*) FROM node n JOIN response r ON r.id = n.response_id"
                                        + " WHERE n.refused AND r.owner_id = ?",
                                person.subject))
                .isEqualTo("1");
    }

    @Test
    void pagesThroughABranchFromEitherSide() {
        String conversation = person.conversation();
        say(conversation, "1", "One");
        say(conversation, "2", "Two");
        JsonPath page = items(conversation, "?order=asc&limit=3");
        assertThat(page.getList("data")).hasSize(3);
        assertThat(page.getBoolean("has_more")).isTrue();
        JsonPath rest =
                items(conversation, "?order=asc&limit=3&after=" + page.getString("last_id"));
        assertThat(rest.getList("data.content.text.flatten()")).isEqualTo(List.of("Two"));
        assertThat(rest.getBoolean("has_more")).isFalse();
        JsonPath before =
                items(conversation, "?order=asc&limit=2&before=" + rest.getString("first_id"));
        assertThat(before.getList("data.content.text.flatten()")).isEqualTo(List.of("One", "2"));
        assertThat(before.getBoolean("has_more")).isTrue();
        JsonPath newest = items(conversation, "?limit=1");
        assertThat(newest.getString("data[0].content[0].text")).isEqualTo("Two");
        assertThat(newest.getString("data[0].sent_at")).isNotNull();
        assertThat(newest.getString("data[0].received_at")).isNotNull();
    }

    private JsonPath items(String conversation, String query) {
        return person.asks().get("/v1/conversations/" + conversation + "/items" + query).jsonPath();
    }

    private List<String> texts(String conversation, String query) {
        return items(conversation, "?order=asc" + query).getList("data.content.text.flatten()");
    }

    private String say(String conversation, String text, String answer) {
        GatewayPeer.plays(GatewayPeer.saying(answer));
        Response turn =
                person.turn(
                        "{\"model\":\"simulated\",\"input\":\"%s\",\"conversation\":\"%s\"}"
                                .formatted(text, conversation));
        assertThat(turn.statusCode()).describedAs(turn.asString()).isEqualTo(200);
        return turn.path("id");
    }
}
