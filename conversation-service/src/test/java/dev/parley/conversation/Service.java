package dev.parley.conversation;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** What every test of the running service needs: its neighbours, and somebody who calls. */
@WithTestResource(value = PostgresResource.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = KafkaResource.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = IdentityPeer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = GatewayPeer.class, scope = TestResourceScope.GLOBAL)
abstract class Service {
    /** Somebody with everything that an API key holds. */
    static final class Person {
        final String organization;
        final String subject;
        final String tokenId;
        private final String token;

        Person() {
            this("org_" + hex(), "user_" + hex());
        }

        private Person(String organization, String subject) {
            this.organization = organization;
            this.subject = subject;
            TokenClaims claims =
                    TokenClaims.client(subject, organization)
                            .withScopes("chat", "conversations", "instructions", "usage:read");
            this.tokenId = claims.tokenId();
            this.token = IdentityPeer.clientToken(claims);
        }

        /** The same person with another token. */
        Person elsewhere() {
            return new Person(organization, subject);
        }

        RequestSpecification asks() {
            return RestAssured.given()
                    .header("Authorization", "Bearer " + token)
                    .contentType("application/json");
        }

        String token() {
            return token;
        }

        Response turn(String json) {
            return asks().body(json).post("/v1/responses");
        }

        String conversation() {
            return asks().body("{}")
                    .post("/v1/conversations")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("id");
        }
    }

    static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
