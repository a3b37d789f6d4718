package dev.parley.platform.security;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as a verified token says (RFC 9068, RFC 8693).
 *
 * @param subject the claim {@code sub}
 * @param organization the claim {@code org}; empty for a service's own token
 * @param roles the claim {@code roles}
 * @param scopes what the token may be used for
 * @param clientId the OAuth client that the token was issued to
 * @param apiKey the key that was exchanged for this token, or null
 * @param session the claim {@code sid}, or null
 * @param tokenId the claim {@code jti}
 * @param actor the service that acts for the subject ({@code act.sub}), or null
 * @param issuedAt the claim {@code iat}
 * @param validSince when this token, or the one that it was exchanged for, was issued, to the
 *     millisecond where the claim {@code since_ms} tells it; what a revocation of the subject is
 *     compared with
 * @param expiresAt the claim {@code exp}
 * @param bearer the token itself; never logged
 */
public record Caller(
        String subject,
        String organization,
        Set<String> roles,
        Set<String> scopes,
        String clientId,
        @Nullable String apiKey,
        @Nullable String session,
        String tokenId,
        @Nullable String actor,
        Instant issuedAt,
        Instant validSince,
        Instant expiresAt,
        String bearer) {

    public Caller {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    /** Whether the token was exchanged: a service acts for someone. */
    public boolean isExchanged() {
        return actor != null;
    }

    /** Whether a service calls for itself. */
    public boolean isService() {
        return actor == null && roles.contains("service");
    }

    @Override
    public String toString() {
        return "Caller[" + subject + " of " + organization + " by " + clientId + "]";
    }
}
