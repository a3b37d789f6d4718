package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.business.token.SigningKeys;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.build.JwtSignatureBuilder;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.junit.jupiter.api.Test;

/** The ways to forge a token that RFC 8725 and other people's incidents list. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class ForgedTokensIT {
    @Inject SigningKeys keys;

    @Test
    void acceptsWhatTheForgeriesAreMadeFrom() {
        assertThat(open(ours(claims()).sign(signingPair().getPrivate())).statusCode())
                .isEqualTo(404); // let in, and the subject is nobody we know
    }

    @Test
    void refusesAnUnsignedToken() {
        String payload = payloadOf(ours(claims()).sign(signingPair().getPrivate()));
        for (String alg : List.of("none", "None", "NONE")) {
            String header =
                    encode(
                            "{\"alg\":\""
                                    + alg
                                    + "\",\"typ\":\"at+jwt\",\"kid\":\""
                                    + keyId()
                                    + "\"}");
            assertRefused(header + "." + payload + ".");
        }
    }

    @Test
    void refusesASignatureWithThePublicKeyAsASecret() throws Exception {
        String payload = payloadOf(ours(claims()).sign(signingPair().getPrivate()));
        String header =
                encode("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + keyId() + "\"}");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(signingPair().getPublic().getEncoded(), "HmacSHA256"));
        byte[] signature = mac.doFinal((header + "." + payload).getBytes(UTF_8));

        assertRefused(
                header
                        + "."
                        + payload
                        + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    @Test
    void refusesAKeyThatTheTokenBrings() throws Exception {
        KeyPair stranger = stranger();
        Map<String, Object> jwk =
                new EllipticCurveJsonWebKey((ECPublicKey) stranger.getPublic())
                        .toParams(org.jose4j.jwk.JsonWebKey.OutputControlLevel.PUBLIC_ONLY);

        assertRefused(ours(claims()).header("jwk", jwk).sign(stranger.getPrivate()));
        assertRefused(
                ours(claims()).header("jku", "https://evil.test/jwks").sign(stranger.getPrivate()));
        assertRefused(
                ours(claims())
                        .header("x5u", "https://evil.test/cert")
                        .sign(signingPair().getPrivate()));
    }

    @Test
    void refusesAStrangersSignature() throws Exception {
        assertRefused(ours(claims()).sign(stranger().getPrivate()));
        assertRefused(
                claims().jws()
                        .header("typ", "at+jwt")
                        .keyId("sig_00000000000070008000000000000000")
                        .algorithm(SignatureAlgorithm.ES256)
                        .sign(stranger().getPrivate()));
    }

    @Test
    void refusesATokenForOthers() {
        assertRefused(ours(claims().audience("parley-internal")).sign(signingPair().getPrivate()));
        assertRefused(ours(claims().audience("elsewhere")).sign(signingPair().getPrivate()));
        assertRefused(ours(claims().issuer("https://evil.test")).sign(signingPair().getPrivate()));
        assertRefused(Api.serviceToken("llm-gateway-service"));
    }

    @Test
    void refusesATokenOfAnotherType() {
        for (String type : List.of("JWT", "id_token+jwt", "")) {
            assertRefused(
                    claims().jws()
                            .header("typ", type)
                            .keyId(keyId())
                            .algorithm(SignatureAlgorithm.ES256)
                            .sign(signingPair().getPrivate()));
        }
    }

    @Test
    void saysThatAnExpiredTokenHasExpired() {
        Instant past = Instant.now().minusSeconds(3600);
        Response answer =
                open(
                        ours(claims().issuedAt(past).expiresAt(past.plusSeconds(600)))
                                .sign(signingPair().getPrivate()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.<String>path("error.code")).isEqualTo("expired_token");
        assertThat(answer.getHeader("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void saysSoInAnExchangeTooWhomeverTheTokenWasFor() {
        Instant past = Instant.now().minusSeconds(3600);
        for (String audience : List.of("parley", "parley-internal")) {
            String token =
                    ours(claims().audience(audience).issuedAt(past).expiresAt(past.plusSeconds(60)))
                            .sign(signingPair().getPrivate());

            Response answer = Api.exchange("moderation-service", token, Api.ACCESS_TOKEN);

            assertThat(answer.<String>path("error")).isEqualTo("invalid_grant");
            assertThat(answer.<String>path("error_description"))
                    .as(audience)
                    .isEqualTo("The subject token has expired.");
        }
    }

    @Test
    void refusesAChangedTokenAndWhatIsNone() {
        String good = Api.aSession().path("access_token");
        String[] parts = good.split("\\.", -1);
        String promoted =
                new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)
                        .replace("\"user\"", "\"operator\"");

        assertRefused(parts[0] + "." + encode(promoted) + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused("x");
        assertRefused("a.b.c");
        assertRefused("sk-parley-unknown");
        assertRefused("A".repeat(10_000));
        assertThat(given().get("/v1/users/me").statusCode()).isEqualTo(401);
        assertThat(open(good).statusCode()).isEqualTo(200);
    }

    private static void assertRefused(String token) {
        Response answer = open(token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.<String>path("error.code")).isEqualTo("invalid_token");
        assertThat(answer.getHeader("WWW-Authenticate")).startsWith("Bearer");
        assertThat(
                        Api.exchange("moderation-service", token, Api.ACCESS_TOKEN)
                                .<String>path("error"))
                .isEqualTo("invalid_grant");
    }

    private static Response open(String token) {
        return Api.bearer(token).get("/v1/users/me");
    }

    private static JwtClaimsBuilder claims() {
        return Jwt.claims()
                .issuer(IdentityUnderTest.ISSUER)
                .audience("parley")
                .subject("user_0000000000007000800000000000000a")
                .claim("org", "org_0000000000007000800000000000000b")
                .claim("client_id", "parley")
                .claim("jti", "tok_0000000000007000800000000000000c")
                .claim("roles", List.of("user"))
                .claim("scope", "chat")
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plusSeconds(300));
    }

    private JwtSignatureBuilder ours(JwtClaimsBuilder claims) {
        return claims.jws()
                .header("typ", "at+jwt")
                .keyId(keyId())
                .algorithm(SignatureAlgorithm.ES256);
    }

    private String keyId() {
        return Api.header(Api.serviceToken("moderation-service")).path("kid").asText();
    }

    private KeyPair signingPair() {
        return keys.known().orElseThrow().current().pair();
    }

    private static KeyPair stranger() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static String payloadOf(String jwt) {
        return jwt.split("\\.", -1)[1];
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
