package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class OrganizationPoliciesIT {
    private String token = "";
    private String organization = "";

    @BeforeEach
    void anOrganizationOfItsOwn() {
        token = Api.aSession().path("access_token");
        organization = Api.claims(token).path("org").asText();
    }

    @Test
    void keepsNoPayloadUntilAnAdminSaysSo() {
        Response policies = read(token, organization);

        assertThat(policies.statusCode()).isEqualTo(200);
        assertThat(policies.<String>path("object")).isEqualTo("organization.policies");
        assertThat(policies.<String>path("organization")).isEqualTo(organization);
        assertThat(policies.<Integer>path("version")).isZero();
        assertThat(policies.<String>path("payload_logging.mode")).isEqualTo("off");
        assertThat(policies.<Integer>path("payload_logging.time_to_live_days")).isEqualTo(30);
        assertThat(policies.header("ETag")).isEqualTo("\"0\"");
    }

    @Test
    void changesWhatIsNamedAndLeavesTheRest() {
        assertThat(change("{\"payload_logging\":{\"mode\":\"redacted\"}}").statusCode())
                .isEqualTo(200);
        Response changed = change("{\"payload_logging\":{\"time_to_live_days\":7}}");

        assertThat(changed.<Integer>path("version")).isEqualTo(2);
        assertThat(changed.<String>path("payload_logging.mode")).isEqualTo("redacted");
        assertThat(changed.<Integer>path("payload_logging.time_to_live_days")).isEqualTo(7);
        assertThat(changed.<String>path("changed_at")).isNotNull();
        assertThat(read(token, organization).asString()).isEqualTo(changed.asString());
    }

    @Test
    void tellsServicesWhatTheyHaveToKeepTo() {
        change("{\"payload_logging\":{\"mode\":\"full\",\"time_to_live_days\":1}}");
        String path = "/internal/organizations/" + organization + "/policies";

        Response told = Api.bearer(Api.serviceToken("llm-gateway-service")).get(path);

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.<String>path("payload_logging.mode")).isEqualTo("full");
        assertThat(told.<Integer>path("payload_logging.time_to_live_days")).isEqualTo(1);
        assertThat(Api.bearer(token).get(path).statusCode()).isEqualTo(401);
    }

    @Test
    void aVersionThatIsOverIsAConflict() {
        assertThat(ifMatch("\"0\"").statusCode()).isEqualTo(200);
        Response late = ifMatch("\"0\"");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.<String>path("error.code")).isEqualTo("version_conflict");
        assertThat(ifMatch("\"1\"").statusCode()).isEqualTo(200);
        assertThat(ifMatch("\"x\"").<String>path("error.param")).isEqualTo("If-Match");
    }

    @Test
    void ofManyChangesOfOneVersionOneWins() throws Exception {
        List<Future<Response>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> ifMatch("\"0\"")));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Response> answer : answers) {
            statuses.add(answer.get().statusCode());
        }
        assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
    }

    @Test
    void anotherOrganizationsPoliciesAreNotThere() {
        String stranger = Api.aSession().path("access_token");
        assertThat(read(stranger, organization).statusCode()).isEqualTo(404);
        Response changed =
                Api.bearer(stranger)
                        .contentType(ContentType.JSON)
                        .body("{\"payload_logging\":{\"mode\":\"full\"}}")
                        .patch("/v1/organizations/" + organization + "/policies");
        assertThat(changed.statusCode()).isEqualTo(404);
        assertThat(read(token, "org_x").statusCode()).isEqualTo(404);
        assertThat(read(token, organization).<String>path("payload_logging.mode")).isEqualTo("off");
    }

    @Test
    void needsTheScope() {
        String key = Api.createKey(token, Map.of("name", "k")).path("key");
        assertThat(read(key, organization).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"payload_logging\":{\"mode\":\"some\"}} | payload_logging.mode",
                "{\"payload_logging\":{\"time_to_live_days\":0}} | payload_logging.time_to_live_days",
                "{\"payload_logging\":{\"time_to_live_days\":366}} | payload_logging.time_to_live_days",
                "{\"payload_logging\":{\"time_to_live_days\":\"7\"}} | payload_logging.time_to_live_days",
                "{\"payload_logging\":\"full\"} | payload_logging",
                "{\"payload_loging\":{}} | payload_loging"
            })
    void refusesWhatIsNoPolicy(String body, String param) {
        Response refused = change(body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("error.param")).isEqualTo(param);
    }

    private Response change(String body) {
        return Api.bearer(token)
                .contentType(ContentType.JSON)
                .body(body)
                .patch("/v1/organizations/" + organization + "/policies");
    }

    private Response ifMatch(String version) {
        return Api.bearer(token)
                .contentType(ContentType.JSON)
                .header("If-Match", version)
                .body("{\"payload_logging\":{\"mode\":\"metadata\"}}")
                .patch("/v1/organizations/" + organization + "/policies");
    }

    private static Response read(String token, String organization) {
        return Api.bearer(token).get("/v1/organizations/" + organization + "/policies");
    }
}
