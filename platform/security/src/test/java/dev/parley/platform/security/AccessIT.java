package dev.parley.platform.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(IdentityPeer.class)
class AccessIT {
    private static final TokenClaims ALICE = TokenClaims.client("user_alice", "org_a");

    @AfterEach
    void identityAnswersAgain() {
        IdentityPeer.answering(true);
    }

    @Test
    void letsAClientTokenWithTheScopeIn() {
        get("chat", IdentityPeer.clientToken(ALICE)).statusCode(200).body(is("user_alice org_a"));
    }

    @Test
    void refusesWithoutAToken() {
        given().get("/guarded/chat")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .header("x-request-id", notNullValue())
                .body("error.code", is("invalid_token"))
                .body("status", is(401))
                .body("instance", is("/guarded/chat"))
                .body("trace_id", matchesPattern("[0-9a-f]{32}"));
    }

    @Test
    void refusesAMissingScopeAndAMissingRole() {
        get("chat", IdentityPeer.clientToken(ALICE.withScopes("usage:read")))
                .statusCode(403)
                .body("error.code", is("insufficient_scope"));
        get("admin", IdentityPeer.clientToken(ALICE)).statusCode(403);
        get("admin", IdentityPeer.clientToken(ALICE.withRoles("user", "admin"))).statusCode(200);
    }

    @Test
    void deniesAnEndpointThatNobodyOpened() {
        get("forgotten", IdentityPeer.clientToken(ALICE.withRoles("admin", "operator")))
                .statusCode(403);
        given().get("/guarded/open").then().statusCode(200);
    }

    @Test
    void tellsAnExpiredTokenFromAForgedOne() {
        get("chat", IdentityPeer.clientToken(ALICE.expired()))
                .statusCode(401)
                .body("error.code", is("expired_token"));
        String good = IdentityPeer.clientToken(ALICE);
        String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
        get("chat", forged).statusCode(401).body("error.code", is("invalid_token"));
    }

    @Test
    void refusesOtherAlgorithmsTypesAndKeysFromTheHeader() {
        String payload = IdentityPeer.clientToken(ALICE).split("\\.", -1)[1];
        String signature = IdentityPeer.clientToken(ALICE).split("\\.", -1)[2];
        for (String header :
                new String[] {
                    "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"peer-1\"}",
                    "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"peer-1\"}",
                    "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"peer-1\"}",
                    "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"peer-1\",\"jku\":\"http://x\"}",
                    "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"nobody\"}",
                    "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}"
                }) {
            String token = base64(header) + "." + payload + "." + signature;
            get("chat", token).statusCode(401).body("error.code", is("invalid_token"));
            get("chat", base64(header) + "." + payload + ".").statusCode(401);
        }
    }

    @Test
    void keepsClientsAndServicesApart() {
        String client = IdentityPeer.clientToken(ALICE);
        String exchanged = IdentityPeer.exchangedToken(ALICE, "conversation-service");
        String service = IdentityPeer.serviceToken("llm-gateway-service");
        get("exchanged", client).statusCode(401);
        get("chat", exchanged).statusCode(401);
        get("exchanged", exchanged).statusCode(200).body(is("user_alice by conversation-service"));
        get("exchanged", service).statusCode(403);
        get("service", service).statusCode(200).body(is("llm-gateway-service"));
        get("service", exchanged).statusCode(403);
        get("service", IdentityPeer.serviceToken("moderation-service")).statusCode(403);
    }

    @Test
    void takesApiKeysOnceExchangedAndRemembersThem() {
        String key = IdentityPeer.apiKey(ALICE);
        get("chat", key).statusCode(200).body(is("user_alice org_a"));
        int exchanges = IdentityPeer.exchanges();
        get("chat", key).statusCode(200);
        assertThat(IdentityPeer.exchanges()).isEqualTo(exchanges);
        get("chat", "sk-parley-unknown").statusCode(401).body("error.code", is("invalid_token"));
        get("exchanged", key).statusCode(401);
    }

    @Test
    void aRevokedKeyStopsWorkingWithinTwoSeconds() throws InterruptedException {
        String key = IdentityPeer.apiKey(ALICE);
        get("chat", key).statusCode(200);
        IdentityPeer.revoke(key);
        long deadline = System.nanoTime() + 2_000_000_000L;
        int status = 200;
        while (status == 200 && System.nanoTime() < deadline) {
            Thread.sleep(50);
            status = given().auth().oauth2(key).get("/guarded/chat").statusCode();
        }
        assertThat(status).isEqualTo(401);
    }

    @Test
    void whatIsKnownWorksWhileIdentityIsAwayAndWhatIsNotIs503() {
        String known = IdentityPeer.apiKey(ALICE);
        get("chat", known).statusCode(200);
        IdentityPeer.answering(false);
        get("chat", known).statusCode(200);
        get("chat", IdentityPeer.clientToken(ALICE)).statusCode(200);
        get("chat", IdentityPeer.apiKey(ALICE))
                .statusCode(503)
                .header("Retry-After", "1")
                .body("error.code", is("dependency_unavailable"));
    }

    @Test
    void badBodiesAreClearErrors() {
        post("{\"text\":").statusCode(400).body("error.code", is("invalid_request"));
        post("{\"text\":\"a\",\"extra\":1}")
                .statusCode(400)
                .body("error.code", is("unknown_parameter"))
                .body("error.param", is("extra"));
        post("{\"text\":\"a\",\"lines\":[{\"words\":\"b\"},{\"word\":\"c\"}]}")
                .statusCode(400)
                .body("error.param", is("lines[1].word"));
        post("{\"text\":1}").statusCode(400).body("error.param", is("text"));
        post("{\"text\":\"a\",\"count\":\"7\"}").statusCode(400).body("error.param", is("count"));
        post("{\"text\":\"a\",\"count\":1.5}").statusCode(400).body("error.param", is("count"));
        post("{\"text\":\"a\",\"text\":\"b\"}").statusCode(400);
        post("{\"text\":\"a\"} trailing").statusCode(400);
        post("{\"text\":\"a\\u0000b\"}").statusCode(400).body("error.param", is("text"));
        post("{\"text\":\"a\\ud800b\"}").statusCode(400).body("error.param", is("text"));
        post("{\"text\":\"a\\ud83d\\ude00b\"}").statusCode(200).body("text", equalTo("a😀b"));
        post("").statusCode(400);
        post("[]").statusCode(400);
    }

    @Test
    void bodiesOverFourMebibytesAre413() {
        post("{\"text\":\"" + "a".repeat(4 * 1024 * 1024) + "\"}")
                .statusCode(413)
                .contentType("application/problem+json")
                .body("error.code", is("body_too_large"));
    }

    @Test
    void unknownPathsMethodsAndTypesAreProblems() {
        given().get("/guarded/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("error.code", is("not_found"));
        given().auth()
                .oauth2(IdentityPeer.clientToken(ALICE))
                .put("/guarded/chat")
                .then()
                .statusCode(405)
                .contentType("application/problem+json");
        given().auth()
                .oauth2(IdentityPeer.clientToken(ALICE))
                .contentType("text/plain")
                .body("hello")
                .post("/guarded/notes")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void keepsAWellFormedRequestIdAndTheCallersTrace() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        given().header("x-request-id", "req-7")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .get("/guarded/chat")
                .then()
                .header("x-request-id", "req-7")
                .header("traceparent", containsString(trace))
                .body("trace_id", is(trace));
        given().header("x-request-id", "not one; of ours")
                .get("/guarded/open")
                .then()
                .header("x-request-id", matchesPattern("req_[0-9a-f]{32}"));
    }

    private static ValidatableResponse get(String path, String bearer) {
        return given().auth().oauth2(bearer).get("/guarded/" + path).then();
    }

    private static ValidatableResponse post(String json) {
        return given().auth()
                .oauth2(IdentityPeer.clientToken(ALICE))
                .contentType("application/json")
                .body(json.getBytes(StandardCharsets.UTF_8))
                .post("/guarded/notes")
                .then();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
