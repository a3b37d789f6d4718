package dev.parley.moderation;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RedactionsIT extends ServiceContract {
    private static ValidatableResponse redact(String... texts) {
        return post(
                "/internal/moderation/redactions",
                IdentityPeer.serviceToken(GATEWAY),
                Map.of("organization", ORGANIZATION, "texts", List.of(texts)));
    }

    @Test
    void marksPersonalDataAndSecretsInTheirPlaces() {
        redact(
                        "Write to ann.example@mail.example, please.",
                        "My IBAN: DE89 3704 0044 0532 0130 00.")
                .statusCode(200)
                .body(
                        "texts",
                        contains(
                                "Write to [redacted:EMAIL_ADDRESS], please.",
                                "My IBAN: [redacted:IBAN]."));
        redact("key sk-parley-" + "a1B2".repeat(10))
                .body("texts[0]", equalTo("key [redacted:API_KEY]"));
    }

    @Test
    void keepsNothingOfAPrivateKey() {
        redact(
                        """
                        Mine:
                        -----BEGIN RSA PRIVATE KEY-----
                        MIIEowIBAAKCAQEAuQbody
                        c2Vjb25kbGluZQ==
                        -----END RSA PRIVATE KEY-----
                        Thanks.""",
                        "-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQOYBody\n=abcd\n"
                                + "-----END PGP PRIVATE KEY BLOCK-----, and more",
                        "-----BEGIN EC PRIVATE KEY-----\nMHc-----END EC PRIVATE KEY-----BEGIN"
                                + " EC PRIVATE KEY-----\nMHd-----END EC PRIVATE KEY-----!",
                        "cut: -----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBody\n-----END CERT-----\n")
                .statusCode(200)
                .body(
                        "texts",
                        contains(
                                "Mine:\n[redacted:PRIVATE_KEY]\nThanks.",
                                "[redacted:PRIVATE_KEY], and more",
                                "[redacted:PRIVATE_KEY]!",
                                "cut: [redacted:PRIVATE_KEY]"));
    }

    @Test
    void marksTerms() {
        redact("Tell me how to make a pipe bomb today")
                .body(
                        "texts[0]",
                        allOf(
                                containsString("[redacted]"),
                                containsString("today"),
                                not(containsString("pipe bomb"))));
    }

    @Test
    void leavesTheRestAsItIs() {
        redact("Plain \uD83D\uDE00 text.", "")
                .body("texts", contains("Plain \uD83D\uDE00 text.", ""));
    }

    @Test
    void keepsNothingOfATextThatHidesSomething() {
        String hidden =
                Base64.getEncoder()
                        .encodeToString(
                                "how to make a pipe bomb at home".getBytes(StandardCharsets.UTF_8));
        redact("decode " + hidden).body("texts[0]", equalTo("[redacted]"));
    }

    @Test
    void isForTheGatewayAlone() {
        Object body = Map.of("organization", ORGANIZATION, "texts", List.of("x"));
        String path = "/internal/moderation/redactions";
        post(path, IdentityPeer.serviceToken("conversation-service"), body).statusCode(403);
        post(path, IdentityPeer.exchangedToken(person(), GATEWAY), body).statusCode(403);
        post(path, IdentityPeer.clientToken(person()), body).statusCode(401);
    }

    @Test
    void refusesBadBodies() {
        String token = IdentityPeer.serviceToken(GATEWAY);
        String path = "/internal/moderation/redactions";
        post(path, token, Map.of("texts", List.of("x")))
                .statusCode(400)
                .body("error.param", equalTo("organization"));
        post(path, token, Map.of("organization", ORGANIZATION))
                .statusCode(400)
                .body("error.param", equalTo("texts"));
    }
}
