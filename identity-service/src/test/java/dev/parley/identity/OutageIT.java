package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class OutageIT {
    private static final String GATEWAY = "llm-gateway-service";

    private boolean stopped;

    @AfterEach
    void startAgain() {
        if (stopped) {
            PostgresResource.server().start();
        }
    }

    @Test
    void answers503WhatNeedsTheDatabaseAndStillTellsItsKeys() {
        Assumptions.assumeFalse(
                "true".equals(System.getenv("PARLEY_SKIP_OUTAGE_TESTS")), "left out on purpose");
        assertThat(System.getenv("PARLEY_POSTGRES_URL"))
                .as(
                        "another's server is not stopped: PARLEY_SKIP_OUTAGE_TESTS=true leaves this out")
                .isNull();
        String email = Api.anEmail();
        Api.register(email);
        Response session = Api.login(email, Api.PASSWORD);
        String token = session.path("access_token");
        String key = Api.createKey(token, Map.of("name", "k")).path("key");
        String keys = given().get("/oauth2/jwks").asString();
        PostgresResource.server().stop();
        stopped = true;

        refused(Api.login(email, Api.PASSWORD));
        refused(Api.refresh(session.path("refresh_token")));
        refused(Api.exchange(GATEWAY, key, Api.API_KEY));
        refused(Api.bearer(token).get("/v1/users/me"));
        refused(
                Api.bearer(token)
                        .header("Idempotency-Key", "in an outage")
                        .contentType(ContentType.JSON)
                        .body("{\"name\":\"k\"}")
                        .post("/v1/api_keys"));
        Response known = given().get("/oauth2/jwks");
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.asString()).isEqualTo(keys);
        Response forged = Api.bearer(token + "x").get("/v1/users/me");
        assertThat(forged.statusCode()).isEqualTo(401);

        PostgresResource.server().start();
        stopped = false;
        Eventually.within(
                Duration.ofSeconds(20),
                () -> assertThat(Api.login(email, Api.PASSWORD).statusCode()).isEqualTo(200));
        Eventually.within(
                Duration.ofSeconds(20),
                () ->
                        assertThat(Api.exchange(GATEWAY, key, Api.API_KEY).statusCode())
                                .isEqualTo(200));
    }

    private static void refused(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.asString()).doesNotContain("SQL").doesNotContain("postgres");
    }
}
