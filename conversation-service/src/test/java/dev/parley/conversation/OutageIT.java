package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
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

    private static void refused(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.jsonPath().getString("error.code")).isEqualTo("dependency_unavailable");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.asString()).doesNotContain("SQL").doesNotContain("postgres");
    }
}
