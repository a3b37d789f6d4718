package dev.parley.testing.peers;

import io.smallrye.jwt.build.Jwt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** The key with which the identity peer signs, and what is in a token. */
final class PeerKeys {
    private static final String ID = "peer-1";

    private final KeyPair pair = newPair();

    String sign(Map<String, Object> claims) {
        return Jwt.claims(claims).jws().keyId(ID).header("typ", "at+jwt").sign(pair.getPrivate());
    }

    String jwks() {
        try {
            EllipticCurveJsonWebKey key =
                    (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(pair.getPublic());
            key.setKeyId(ID);
            return new JsonWebKeySet(key).toJson();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The claims of a token, unverified. */
    static TokenClaims read(String jwt) {
        try {
            String payload = jwt.split("\\.", -1)[1];
            Map<String, Object> claims =
                    org.jose4j.json.JsonUtil.parseJson(
                            new String(
                                    Base64.getUrlDecoder().decode(payload),
                                    StandardCharsets.UTF_8));
            TokenClaims base =
                    TokenClaims.client(
                            String.valueOf(claims.get("sub")), String.valueOf(claims.get("org")));
            TokenClaims scoped =
                    base.withScopes(
                            String.valueOf(claims.getOrDefault("scope", "")).split(" +", -1));
            return claims.get("roles") instanceof List<?> roles
                    ? scoped.withRoles(roles.stream().map(String::valueOf).toArray(String[]::new))
                    : scoped;
        } catch (JoseException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
