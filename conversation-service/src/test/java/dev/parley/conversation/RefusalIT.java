package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefusalIT extends Service {
    private final Person person = new Person();

    @ParameterizedTest
    @CsvSource({
        "403, model_not_in_plan",
        "404, model_not_found",
        "402, budget_exhausted",
        "422, content_blocked",
        "429, quota_exceeded",
        "503, dependency_unavailable"
    })
    void handsOnWhyTheGatewayRefuses(int status, String code) {
        GatewayPeer.plays(answer -> answer.refused(status, code, ""));
        for (String stream : new String[] {"true", "false"}) {
            Response refused =
                    person.turn(
                            "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":" + stream + "}");
            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(refused.contentType()).startsWith("application/problem+json");
            assertThat(refused.jsonPath().getString("error.code")).isEqualTo(code);
            if (status == 429) {
                assertThat(refused.header("Retry-After")).isEqualTo("7");
            }
        }
    }

    @Test
    void saysThatTheProviderFoundTheRequestWrong() {
        GatewayPeer.plays(answer -> answer.admitted().failed("invalid_request"));
        Response refused = person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.jsonPath().getString("error.code")).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isUnavailableWhenTheGatewayDoesNotAnswerAsOne(boolean dies) {
        GatewayPeer.plays(
                answer -> {
                    if (dies) {
                        throw new IOException("died");
                    }
                    answer.refused(401, "invalid_token", "");
                });
        Response refused = person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.jsonPath().getString("error.code")).isEqualTo("dependency_unavailable");
        assertThat(refused.header("Retry-After")).isNotNull();
    }

    @Test
    void givesUpOnAGatewayThatNeitherAdmitsNorRefuses() {
        GatewayPeer.plays(answer -> answer.pause(Duration.ofSeconds(6)));
        Response refused = person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}");
        assertThat(refused.statusCode()).isEqualTo(504);
        assertThat(refused.jsonPath().getString("error.code")).isEqualTo("upstream_timeout");
    }

    @Test
    void nothingCanFollowARefusedTurn() {
        GatewayPeer.plays(answer -> answer.refused(422, "content_blocked", ""));
        person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}");
        String id =
                "resp_"
                        + Rows.text(
                                "SELECT replace(id::text, '-', '') FROM response WHERE owner_id = ?",
                                person.subject);
        Response after =
                person.turn(
                        "{\"model\":\"simulated\",\"input\":\"Hi\",\"previous_response_id\":\"%s\"}"
                                .formatted(id));
        assertThat(after.statusCode()).isEqualTo(400);
        assertThat(after.jsonPath().getString("error.param")).isEqualTo("previous_response_id");
        Response failed = person.asks().get("/v1/responses/" + id);
        assertThat(failed.jsonPath().getString("status")).isEqualTo("failed");
        assertThat(failed.jsonPath().getString("error.code")).isEqualTo("content_blocked");
    }
}
