package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.EventContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Who did what, and who was refused, is told to the audit trail. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class AuditIT {
    private static final EventContract CONTRACT =
            EventContract.own("dev.parley.identity.audit_recorded.v1");
    private static final String INSTALLATION = "org_00000000000070008000000000000002";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void tellsOfWhatAPersonDoes() throws IOException {
        String email = Api.anEmail();
        Response person = Api.register(email);
        String organization = person.path("organization");
        Response login = Api.login(email, Api.PASSWORD);
        String session = login.path("access_token");
        String key = Api.createKey(session, Map.of("name", "k")).path("id");
        Api.bearer(session).delete("/v1/api_keys/" + key).then().statusCode(200);
        Api.bearer(session)
                .contentType(ContentType.JSON)
                .body("{\"payload_logging\":{\"mode\":\"full\"}}")
                .patch("/v1/organizations/" + organization + "/policies")
                .then()
                .statusCode(200);
        Api.bearer(session).post("/v1/auth/logout").then().statusCode(204);

        List<JsonNode> told = told(organization, 6);
        assertThat(told)
                .extracting(deed -> deed.path("action").asText())
                .containsExactly(
                        "user.register",
                        "session.open",
                        "api_key.create",
                        "api_key.revoke",
                        "policies.change",
                        "session.close");
        assertThat(told)
                .allSatisfy(
                        deed -> {
                            assertThat(deed.path("actor").asText())
                                    .isEqualTo(person.<String>path("id"));
                            assertThat(deed.path("outcome").asText()).isEqualTo("allowed");
                            assertThat(deed.path("trace").asText()).matches("[0-9a-f]{32}");
                            assertThat(deed.path("request").asText()).isNotEmpty();
                            assertThat(deed.toString())
                                    .doesNotContain(email)
                                    .doesNotContain("Lovelace");
                        });
        assertThat(told.get(2).path("resource_id").asText()).isEqualTo(key);
        assertThat(told.get(3).path("resource_id").asText()).isEqualTo(key);
        assertThat(told.get(3).path("client").asText()).isEqualTo("parley");
        assertThat(told.get(4).path("resource_id").asText()).isEqualTo(organization);
    }

    @Test
    void countsWrongPasswordsForTheirPerson() throws IOException {
        String email = Api.anEmail();
        Response person = Api.register(email);
        for (int i = 0; i < 3; i++) {
            Api.login(email, "not the password 1!").then().statusCode(401);
        }

        List<JsonNode> told = told(person.path("organization"), 2);
        JsonNode refused = told.get(1);
        assertThat(refused.path("action").asText()).isEqualTo("session.open");
        assertThat(refused.path("outcome").asText()).isEqualTo("refused");
        assertThat(refused.path("code").asText()).isEqualTo("invalid_token");
        assertThat(refused.path("actor").asText()).isEqualTo(person.<String>path("id"));
        assertThat(refused.path("occurrences").asLong()).isBetween(1L, 3L);
        assertThat(refused.toString()).doesNotContain("password");
    }

    @Test
    void tellsOfAWrongCurrentPassword() throws IOException {
        String email = Api.anEmail();
        Response person = Api.register(email);
        String session = Api.login(email, Api.PASSWORD).path("access_token");
        Api.changePassword(session, "not the password 1!", "another good password")
                .then()
                .statusCode(400);

        JsonNode refused = told(person.path("organization"), 3).get(2);
        assertThat(refused.path("action").asText()).isEqualTo("password.change");
        assertThat(refused.path("outcome").asText()).isEqualTo("refused");
        assertThat(refused.path("code").asText()).isEqualTo("invalid_request");
        assertThat(refused.path("actor").asText()).isEqualTo(person.<String>path("id"));
    }

    @Test
    void tellsOfAChangedPassword() throws IOException {
        String email = Api.anEmail();
        Response person = Api.register(email);
        String session = Api.login(email, Api.PASSWORD).path("access_token");
        Api.changePassword(session, Api.PASSWORD, "another good password").then().statusCode(204);

        JsonNode changed = told(person.path("organization"), 3).get(2);
        assertThat(changed.path("action").asText()).isEqualTo("password.change");
        assertThat(changed.path("outcome").asText()).isEqualTo("allowed");
        assertThat(changed.path("actor").asText()).isEqualTo(person.<String>path("id"));
        assertThat(changed.path("resource_id").asText()).isEqualTo(person.<String>path("id"));
        assertThat(changed.toString()).doesNotContain("another good");
    }

    @Test
    void tellsOfARevokedToken() throws IOException {
        String email = Api.anEmail();
        Response person = Api.register(email);
        String token = Api.login(email, Api.PASSWORD).path("access_token");
        RestAssured.given()
                .contentType(ContentType.URLENC)
                .formParam("token", token)
                .post("/oauth2/revoke")
                .then()
                .statusCode(200);

        JsonNode revoked = told(person.path("organization"), 3).get(2);
        assertThat(revoked.path("action").asText()).isEqualTo("token.revoke");
        assertThat(revoked.path("outcome").asText()).isEqualTo("allowed");
        assertThat(revoked.path("actor").asText()).isEqualTo(person.<String>path("id"));
        assertThat(revoked.path("resource_type").asText()).isEqualTo("token");
        assertThat(revoked.path("resource_id").asText())
                .isEqualTo(Api.claims(token).path("jti").asText());
    }

    @Test
    void tellsThatAUsedRefreshTokenCameBack() throws IOException {
        String email = Api.anEmail();
        Response person = Api.register(email);
        Response first = Api.login(email, Api.PASSWORD);
        Response second = Api.refresh(first.path("refresh_token"));
        Api.refresh(second.path("refresh_token")).then().statusCode(200);
        Api.refresh(first.path("refresh_token")).then().statusCode(400);

        JsonNode reused = told(person.path("organization"), 3).get(2);
        assertThat(reused.path("action").asText()).isEqualTo("session.refresh");
        assertThat(reused.path("outcome").asText()).isEqualTo("refused");
        assertThat(reused.path("code").asText()).isEqualTo("refresh_token_reused");
        assertThat(reused.path("actor").asText()).isEqualTo(person.<String>path("id"));
        assertThat(reused.path("resource_id").asText())
                .isEqualTo(Api.claims(first.path("access_token")).path("sid").asText());
    }

    @Test
    void tellsTheInstallationOfTokensThatNobodyIsKnownBy() throws IOException {
        String forged = Api.aSession().<String>path("access_token") + "x";
        Api.bearer(forged).get("/v1/users/me").then().statusCode(401);
        Api.bearer("sk-parley-nobodys").get("/v1/users/me").then().statusCode(401);

        JsonNode refused =
                new ObjectMapper()
                        .readTree(
                                new Topics(kafka)
                                        .read(
                                                "parley.audit",
                                                it ->
                                                        it.key().equals(INSTALLATION)
                                                                && it.value()
                                                                        .contains("/v1/users/me"),
                                                1)
                                        .getFirst()
                                        .value());
        assertThat(refused.path("action").asText()).isEqualTo("endpoint.get");
        assertThat(refused.path("code").asText()).isEqualTo("invalid_token");
        assertThat(refused.path("actor").isNull()).isTrue();
        assertThat(refused.toString()).doesNotContain("nobodys");
    }

    @Test
    void tellsWhoseRevokedKeyWasRefused() throws IOException {
        String email = Api.anEmail();
        String organization = Api.register(email).path("organization");
        String session = Api.login(email, Api.PASSWORD).path("access_token");
        Response key = Api.createKey(session, Map.of("name", "k"));
        Api.bearer(session).delete("/v1/api_keys/" + key.path("id"));
        Api.exchange("llm-gateway-service", key.path("key"), Api.API_KEY).then().statusCode(400);

        JsonNode refused = told(organization, 5).get(4);
        assertThat(refused.path("action").asText()).isEqualTo("token.exchange");
        assertThat(refused.path("api_key").asText()).isEqualTo(key.<String>path("id"));
        assertThat(refused.path("code").asText()).isEqualTo("invalid_token");
    }

    @Test
    void tellsOfATokenThatLacksAScope() throws IOException {
        String email = Api.anEmail();
        String organization = Api.register(email).path("organization");
        String session = Api.login(email, Api.PASSWORD).path("access_token");
        Response key = Api.createKey(session, Map.of("name", "k", "scopes", List.of("chat")));
        Api.bearer(key.path("key")).delete("/v1/api_keys/" + key.path("id")).then().statusCode(403);

        JsonNode refused = told(organization, 4).get(3);
        assertThat(refused.path("action").asText()).isEqualTo("api_key.revoke");
        assertThat(refused.path("resource_id").asText()).isEqualTo(key.<String>path("id"));
        assertThat(refused.path("api_key").asText()).isEqualTo(key.<String>path("id"));
        assertThat(refused.path("code").asText()).isEqualTo("insufficient_scope");
    }

    @Test
    void tellsTheInstallationOfItsKeysAndOfStrangers() throws IOException {
        Api.token(Api.basic("parley-nobody", "nothing"), Map.of("grant_type", "client_credentials"))
                .then()
                .statusCode(401);
        Api.token(Api.operator(), Map.of("grant_type", "client_credentials"))
                .then()
                .statusCode(200);

        for (String mark : List.of("signing_key.rotate", "invalid_client", "svc_")) {
            List<ConsumerRecord<String, String>> records =
                    new Topics(kafka)
                            .read(
                                    "parley.audit",
                                    it ->
                                            it.key().equals(INSTALLATION)
                                                    && it.value().contains(mark),
                                    1);
            assertThat(records)
                    .as(mark)
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(CONTRACT.faultsOf(it.value())).isEmpty())
                    .allSatisfy(it -> assertThat(it.value()).doesNotContain("parley-nobody"));
        }
    }

    /** What was told of an organization; every event keeps the contract. */
    private List<JsonNode> told(String organization, int count) throws IOException {
        List<JsonNode> told = new ArrayList<>();
        for (ConsumerRecord<String, String> record :
                new Topics(kafka)
                        .read("parley.audit", it -> it.key().equals(organization), count)) {
            assertThat(CONTRACT.faultsOf(record.value())).isEmpty();
            told.add(new ObjectMapper().readTree(record.value()));
        }
        assertThat(told).hasSizeGreaterThanOrEqualTo(count);
        return told;
    }
}
