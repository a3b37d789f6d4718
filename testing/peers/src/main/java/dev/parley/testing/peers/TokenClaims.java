package dev.parley.testing.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a test's token says; start from {@link #client} and change what matters. */
public record TokenClaims(
        String audience,
        String subject,
        @Nullable String organization,
        Set<String> roles,
        Set<String> scopes,
        String clientId,
        @Nullable String apiKey,
        @Nullable String session,
        @Nullable String actor,
        String tokenId,
        Instant issuedAt,
        Duration life) {

    /** A person's client token with the roles {@code user} and the usual scopes. */
    public static TokenClaims client(String subject, String organization) {
        return new TokenClaims(
                "parley",
                subject,
                organization,
                Set.of("user"),
                Set.of("chat", "conversations", "usage:read"),
                "parley",
                null,
                null,
                null,
                UUID.randomUUID().toString(),
                Instant.now(),
                Duration.ofMinutes(10));
    }

    /** The same as another service exchanged it. */
    public TokenClaims exchangedBy(String service) {
        return new TokenClaims(
                "parley-internal",
                subject,
                organization,
                roles,
                scopes,
                service,
                apiKey,
                session,
                service,
                UUID.randomUUID().toString(),
                issuedAt,
                Duration.ofSeconds(60));
    }

    /** A service's own token. */
    public static TokenClaims service(String name) {
        return new TokenClaims(
                "parley-internal",
                name,
                null,
                Set.of("service"),
                Set.of(),
                name,
                null,
                null,
                null,
                UUID.randomUUID().toString(),
                Instant.now(),
                Duration.ofMinutes(10));
    }

    public TokenClaims withScopes(String... names) {
        return copy(audience, roles, new TreeSet<>(List.of(names)), apiKey, issuedAt, life);
    }

    public TokenClaims withRoles(String... names) {
        return copy(audience, new TreeSet<>(List.of(names)), scopes, apiKey, issuedAt, life);
    }

    public TokenClaims withAudience(String name) {
        return copy(name, roles, scopes, apiKey, issuedAt, life);
    }

    public TokenClaims withApiKey(String key) {
        return copy(audience, roles, scopes, key, issuedAt, life);
    }

    /** Issued so long ago that it has expired. */
    public TokenClaims expired() {
        return copy(
                audience,
                roles,
                scopes,
                apiKey,
                Instant.now().minus(Duration.ofHours(1)),
                Duration.ofMinutes(10));
    }

    Map<String, Object> claims(String issuer) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", audience);
        claims.put("sub", subject);
        claims.put("client_id", clientId);
        claims.put("roles", List.copyOf(roles));
        claims.put("jti", tokenId);
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("since_ms", issuedAt.toEpochMilli());
        claims.put("exp", issuedAt.plus(life).getEpochSecond());
        putIfPresent(claims, "org", organization);
        putIfPresent(claims, "key", apiKey);
        putIfPresent(claims, "sid", session);
        if (!scopes.isEmpty()) {
            claims.put("scope", String.join(" ", scopes));
        }
        if (actor != null) {
            claims.put("act", Map.of("sub", actor));
        }
        return claims;
    }

    private static void putIfPresent(
            Map<String, Object> claims, String name, @Nullable String value) {
        if (value != null) {
            claims.put(name, value);
        }
    }

    private TokenClaims copy(
            String newAudience,
            Set<String> newRoles,
            Set<String> newScopes,
            @Nullable String newApiKey,
            Instant newIssuedAt,
            Duration newLife) {
        return new TokenClaims(
                newAudience,
                subject,
                organization,
                newRoles,
                newScopes,
                clientId,
                newApiKey,
                session,
                actor,
                UUID.randomUUID().toString(),
                newIssuedAt,
                newLife);
    }
}
