package dev.parley.billing;

import static io.restassured.RestAssured.given;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the tests against the running service share: its neighbours and the ways to call it. */
@QuarkusTestResource(value = PostgresResource.class)
@QuarkusTestResource(value = KafkaResource.class)
@QuarkusTestResource(value = IdentityPeer.class)
abstract class ServiceIT {
    static String id(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    static TokenClaims userOf(String organization) {
        return TokenClaims.client(id("user_"), organization);
    }

    static RequestSpecification as(TokenClaims claims) {
        return bearer(IdentityPeer.clientToken(claims));
    }

    static RequestSpecification asGatewayFor(TokenClaims claims) {
        return bearer(IdentityPeer.exchangedToken(claims, "llm-gateway-service"));
    }

    static RequestSpecification asGateway() {
        return bearer(IdentityPeer.serviceToken("llm-gateway-service"));
    }

    static RequestSpecification asOperator() {
        return as(
                TokenClaims.client(id("svc_"), id("org_"))
                        .withRoles("operator")
                        .withScopes("operate", "usage:read"));
    }

    static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    static void subscribe(String organization, String plan) {
        asOperator()
                .body(Map.of("organization", organization, "plan", plan))
                .post("/v1/subscriptions")
                .then()
                .statusCode(201);
    }

    static Map<String, @Nullable Object> reservationBody() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("call", id("chatcmpl-"));
        body.put("model", "simulated");
        body.put("tier", "standard");
        body.put("input_tokens", 100);
        body.put("output_tokens", 50);
        body.put("default_output_tokens", 1024);
        body.put("purpose", "chat");
        return body;
    }

    static Map<String, @Nullable Object> reservationBody(String field, @Nullable Object value) {
        Map<String, @Nullable Object> body = reservationBody();
        body.put(field, value);
        return body;
    }

    /** Waits until the condition holds, for at most 20 seconds; the test asserts it afterwards. */
    static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean() && Instant.now().isBefore(deadline)) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    static ValidatableResponse reserve(TokenClaims claims, Object body) {
        return asGatewayFor(claims).body(body).post("/internal/reservations").then();
    }
}
