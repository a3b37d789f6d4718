package dev.parley.platform.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.security.AuthenticationOutcome.Authenticated;
import dev.parley.platform.security.AuthenticationOutcome.Expired;
import dev.parley.platform.security.AuthenticationOutcome.Invalid;
import dev.parley.platform.security.AuthenticationOutcome.Unavailable;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (RFC 9068) as RFC 8725 advises: the algorithm is pinned to ES256, the type
 * to {@code at+jwt}, keys come from the issuer alone and never from the token's header.
 */
@ApplicationScoped
public class TokenVerifier {
    private static final Set<String> HEADERS_THAT_BRING_KEYS =
            Set.of("jwk", "jku", "x5u", "x5c", "crit");
    private static final int LONGEST_TOKEN = 8192;

    private final JWTParser parser;
    private final VerificationKeys keys;
    private final SecurityConfig config;
    private final ObjectMapper json = new ObjectMapper();

    @Inject
    TokenVerifier(JWTParser parser, VerificationKeys keys, SecurityConfig config) {
        this.parser = parser;
        this.keys = keys;
        this.config = config;
    }

    /** Verifies a token for an audience; never fails, an unreachable issuer is an outcome. */
    public Uni<AuthenticationOutcome> verify(String token, String audience) {
        String keyId = keyIdOf(token);
        if (keyId == null) {
            return Uni.createFrom().item(new Invalid("malformed"));
        }
        return keys.find(keyId)
                .map(key -> verifyWith(token, audience, key))
                .onFailure()
                .recoverWithItem(unreachable -> new Unavailable());
    }

    /** The {@code kid} of a header that says what ours say, else null. */
    private @Nullable String keyIdOf(String token) {
        int dot = token.indexOf('.');
        if (dot <= 0 || token.length() > LONGEST_TOKEN) {
            return null;
        }
        try {
            JsonNode header = json.readTree(Base64.getUrlDecoder().decode(token.substring(0, dot)));
            String type = header.path("typ").asText("");
            boolean ours =
                    header.path("alg").asText("").equals("ES256")
                            && (type.equalsIgnoreCase("at+jwt")
                                    || type.equalsIgnoreCase("application/at+jwt"))
                            && HEADERS_THAT_BRING_KEYS.stream().noneMatch(header::has);
            String keyId = header.path("kid").asText("");
            return ours && !keyId.isEmpty() ? keyId : null;
        } catch (IOException | IllegalArgumentException malformed) {
            return null;
        }
    }

    private AuthenticationOutcome verifyWith(
            String token, String audience, Optional<PublicKey> key) {
        if (key.isEmpty()) {
            return new Invalid("unknown key");
        }
        JWTAuthContextInfo expected = new JWTAuthContextInfo(key.get(), config.issuer());
        expected.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        expected.setExpectedAudience(Set.of(audience));
        expected.setClockSkew((int) config.clockSkew().toSeconds());
        expected.setRequiredClaims(Set.of("sub", "jti", "client_id"));
        try {
            return new Authenticated(callerOf(parser.parse(token, expected), token));
        } catch (ParseException refused) {
            return isExpired(refused) ? new Expired() : new Invalid("not verified");
        } catch (IllegalArgumentException malformedClaims) {
            return new Invalid("malformed claims");
        }
    }

    private static boolean isExpired(Throwable refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidJwtException jwt) {
                return jwt.getErrorDetails().stream()
                        .allMatch(error -> error.getErrorCode() == ErrorCodes.EXPIRED);
            }
        }
        return false;
    }

    private static Caller callerOf(JsonWebToken token, String bearer) {
        String scope = text(token, "scope");
        return new Caller(
                token.getSubject(),
                Optional.ofNullable(text(token, "org")).orElse(""),
                texts(token.getClaim("roles")),
                scope == null || scope.isBlank()
                        ? Set.of()
                        : new HashSet<>(Arrays.asList(scope.trim().split(" +", -1))),
                Optional.ofNullable(text(token, "client_id")).orElse(""),
                text(token, "key"),
                text(token, "sid"),
                token.getTokenID(),
                actorOf(token),
                Instant.ofEpochSecond(token.getIssuedAtTime()),
                validSince(token),
                Instant.ofEpochSecond(token.getExpirationTime()),
                bearer);
    }

    /**
     * {@code iat} has whole seconds, too coarse to tell a token from before a revocation of its
     * subject from one after it, and is new in an exchanged token; {@code since_ms}, a claim of our
     * own, is neither.
     */
    private static Instant validSince(JsonWebToken token) {
        Object exact = token.getClaim("since_ms");
        return switch (exact) {
            case jakarta.json.JsonNumber number -> Instant.ofEpochMilli(number.longValue());
            case Long number -> Instant.ofEpochMilli(number);
            case null, default -> Instant.ofEpochSecond(token.getIssuedAtTime());
        };
    }

    private static @Nullable String actorOf(JsonWebToken token) {
        Object act = token.getClaim("act");
        return act instanceof jakarta.json.JsonObject actor ? actor.getString("sub", null) : null;
    }

    private static Set<String> texts(@Nullable Object claim) {
        Set<String> all = new HashSet<>();
        if (claim instanceof Iterable<?> values) {
            for (Object value : values) {
                all.add(plain(value));
            }
        }
        return all;
    }

    private static @Nullable String text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        return value == null ? null : plain(value);
    }

    private static String plain(Object value) {
        return value instanceof jakarta.json.JsonString text ? text.getString() : value.toString();
    }

    /** How long a verified caller may be remembered from now on. */
    static Duration lifeLeft(Caller caller, Instant now) {
        Duration left = Duration.between(now, caller.expiresAt());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
