package dev.parley.conversation;

import static io.restassured.RestAssured.given;

import dev.parley.testing.contract.AccessContract;
import dev.parley.testing.contract.Tokens;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AccessIT extends AccessContract {
    private static final String ITEMS = "{\"items\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    AccessIT() {
        super("conversation-service");
    }

    @Override
    protected Tokens tokens() {
        return Tokens.ofPeer();
    }

    @Override
    protected Made make(String path, TokenClaims someone) {
        if (path.startsWith("/v1/responses/{id}")) {
            GatewayPeer.plays(GatewayPeer.saying("Hello"));
            String response =
                    made(someone, "/v1/responses", "{\"model\":\"simulated\",\"input\":\"Hi\"}");
            return new Made(path.replace("{id}", response), someone);
        }
        String conversation = made(someone, "/v1/conversations", ITEMS);
        String named = path.replaceFirst("\\{(id|conversation)}", conversation);
        return new Made(
                named.contains("{item}")
                        ? named.replace("{item}", firstItem(someone, conversation))
                        : named,
                someone,
                path.endsWith("/items") ? ITEMS : "{}");
    }

    private static String made(TokenClaims someone, String path, String json) {
        return given().header("Authorization", "Bearer " + IdentityPeer.clientToken(someone))
                .contentType("application/json")
                .body(json)
                .post(path)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static String firstItem(TokenClaims someone, String conversation) {
        return given().header("Authorization", "Bearer " + IdentityPeer.clientToken(someone))
                .get("/v1/conversations/" + conversation + "/items")
                .then()
                .statusCode(200)
                .extract()
                .path("data[0].id");
    }
}
