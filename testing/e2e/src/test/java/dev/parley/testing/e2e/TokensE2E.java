package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Problems.assertProblem;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Base64.Encoder;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials that nobody here gave out open nothing, at any service. */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensE2E {
    private static final Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final List<String> GUARDED =
            List.of("/v1/conversations", "/v1/models", "/v1/limits", "/v1/api_keys");

    private final Stack stack;

    TokensE2E(Stack stack) {
        this.stack = stack;
    }

    record Credential(String what, String bearer) {
        @Override
        public String toString() {
            return what;
        }
    }

    List<Credential> bad() throws GeneralSecurityException {
        String[] good = stack.admin().split("\\.", -1);
        String header = new String(Base64.getUrlDecoder().decode(good[0]), StandardCharsets.UTF_8);
        String claims = new String(Base64.getUrlDecoder().decode(good[1]), StandardCharsets.UTF_8);
        String raised = claims.replace("\"admin\"", "\"operator\"");
        String keys = stack.anyone().get("/oauth2/jwks").body();
        KeyPair stranger = keys();
        return List.of(
                new Credential("not a token", "abc"),
                new Credential("three empty parts", ".."),
                new Credential("a key nobody has", "sk-parley-" + "0".repeat(40)),
                new Credential("very long", "a".repeat(6000)),
                new Credential("without its signature", good[0] + "." + good[1] + "."),
                new Credential(
                        "alg none",
                        encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + good[1] + "."),
                new Credential("other claims", good[0] + "." + encoded(raised) + "." + good[2]),
                new Credential(
                        "signed by a stranger", signed(header, claims, stranger.getPrivate())),
                new Credential(
                        "HS256 with the public keys",
                        hashed(header.replace("ES256", "HS256"), claims, keys)));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void opensNothing(Credential credential) {
        Caller caller = stack.anyone().with(credential.bearer());
        for (String path : GUARDED) {
            assertProblem(caller.get(path), 401, "invalid_token");
        }
        assertProblem(
                caller.post("/v1/moderations", "{\"input\":\"hello\"}"), 401, "invalid_token");
        assertProblem(
                caller.post("/v1/responses", "{\"model\":\"simulated\",\"input\":\"Hi.\"}"),
                401,
                "invalid_token");
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String signed(String header, String claims, PrivateKey key)
            throws GeneralSecurityException {
        String content = encoded(header) + "." + encoded(claims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.UTF_8));
        return content + "." + BASE64.encodeToString(signature.sign());
    }

    private static String hashed(String header, String claims, String secret)
            throws GeneralSecurityException {
        String content = encoded(header) + "." + encoded(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return content
                + "."
                + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}
