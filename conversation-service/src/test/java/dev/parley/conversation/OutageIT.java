package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. */
@QuarkusTest
class OutageIT extends Service {
    private static final String TURN = "{\"model\":\"simulated\",\"input\":\"Hi\"}";

    private final Person person = new Person();

    @Test
    void answers503WhileTheDatabaseIsAwayAndRecoversByItself() throws Exception {
        GatewayPeer.plays(answer -> answer.admitted().delta("Hello").finished("stop", 1));
        assertThat(person.turn(TURN).statusCode()).isEqualTo(200);
        PostgresResource.server().stop();
        try {
            refused(person.turn(TURN));
            refused(person.asks().get("/v1/conversations"));
            refused(person.asks().body("{}").post("/v1/conversations"));
        } finally {
            PostgresResource.server().start();
        }
        Response again = person.turn(TURN);
        for (int i = 0; i < 100 && again.statusCode() == 503; i++) {
            Thread.sleep(100);
            again = person.turn(TURN);
        }
        assertThat(again.statusCode()).isEqualTo(200);
    }

    @Test
    void tellsOfATurnWhoseEndCannotBeRecordedWhatIsGoingToBeRecorded() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta("Half");
                    away.await(10, TimeUnit.SECONDS);
                    answer.delta(" and never committed").finished("stop", 2);
                });
        try (Replica impatient = Replica.start(Map.of("PARLEY_TURNS_ENDING_PATIENCE", "1s"));
                OpenStream stream =
                        OpenStream.post(
                                person,
                                impatient.port(),
                                "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}")) {
            stream.until("response.output_text.delta");
            PostgresResource.server().stop();
            Events told;
            try {
                away.countDown();
                told = stream.toTheEnd();
            } finally {
                PostgresResource.server().start();
            }
            assertThat(told.types()).endsWith("error", "response.failed");
            assertThat(told.text()).isEqualTo("Half");
            JsonNode failed = told.last().path("response");
            assertThat(failed.at("/output/0/content/0/text").asText()).isEqualTo("Half");

            String id = stream.responseId();
            JsonPath stored = ended(id);
            assertThat(stored.getString("status")).isEqualTo("failed");
            assertThat(stored.getString("output[0].content[0].text")).isEqualTo("Half");
            assertThat(stored.getString("error.code")).isEqualTo(failed.at("/error/code").asText());

            JsonNode line =
                    impatient
                            .log()
                            .await(it -> it.path("message").asText().contains("could not be ended"))
                            .path("mdc");
            assertThat(line.path("trace_id").asText())
                    .isEqualTo(failed.at("/parley/trace_id").asText());
            assertThat(line.path("response_id").asText()).isEqualTo(id);
            assertThat(line.path("conversation_id").asText())
                    .isEqualTo(failed.at("/conversation/id").asText());
            assertThat(line.path("organization").asText()).isEqualTo(person.organization);
        }
    }

    private JsonPath ended(String id) throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            Response answer = person.asks().get("/v1/responses/" + id);
            if (answer.statusCode() == 200
                    && !"in_progress".equals(answer.jsonPath().getString("status"))) {
                return answer.jsonPath();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the turn did not end");
    }

    private static void refused(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.jsonPath().getString("error.code")).isEqualTo("dependency_unavailable");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.asString()).doesNotContain("SQL").doesNotContain("postgres");
    }
}
