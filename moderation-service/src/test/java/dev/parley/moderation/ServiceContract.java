package dev.parley.moderation;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;

/** The running service with a real database, a real broker and a peer in the place of identity. */
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityPeer.class)
abstract class ServiceContract {
    static final String ORGANIZATION = "org_0198f0aa00007abc8def000000000001";
    static final String PERSON = "user_0198f0aa00007abc8def000000000002";
    static final String GATEWAY = "llm-gateway-service";

    static TokenClaims person() {
        return TokenClaims.client(PERSON, ORGANIZATION);
    }

    static ValidatableResponse post(String path, String token, Object body) {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + token)
                .body(body)
                .post(path)
                .then();
    }

    static ValidatableResponse moderate(Object body) {
        return post("/v1/moderations", IdentityPeer.clientToken(person()), body);
    }

    static ValidatableResponse check(Object body) {
        return post(
                "/internal/moderation/checks",
                IdentityPeer.exchangedToken(person(), GATEWAY),
                body);
    }

    static ValidatableResponse check(String direction, String text) {
        return check(
                Map.of(
                        "direction",
                        direction,
                        "items",
                        List.of(Map.of("role", "user", "text", text))));
    }

    static ValidatableResponse checkStream(String shown, String pending, boolean last) {
        return checkStream(
                Map.of(
                        "organization", ORGANIZATION,
                        "subject", PERSON,
                        "shown", shown,
                        "pending", pending,
                        "final", last));
    }

    static ValidatableResponse checkStream(Object body) {
        return post("/internal/moderation/stream_checks", IdentityPeer.serviceToken(GATEWAY), body);
    }
}
