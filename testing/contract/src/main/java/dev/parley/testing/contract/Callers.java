package dev.parley.testing.contract;

import dev.parley.testing.peers.TokenClaims;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** The people and programs who try the doors. */
public final class Callers {
    /** Every scope that there is. */
    public static final List<String> SCOPES =
            List.of(
                    "chat",
                    "conversations",
                    "instructions",
                    "usage:read",
                    "keys:manage",
                    "users:manage",
                    "policies:manage",
                    "moderation:review",
                    "audit:read",
                    "operate");

    private Callers() {}

    /** Someone new of a new organization, with one role and every scope. */
    public static TokenClaims someone(String role) {
        return colleague(id("org_"), role);
    }

    /** Someone new of an organization. */
    static TokenClaims colleague(String organization, String role) {
        String subject = id(role.equals("operator") ? "svc_" : "user_");
        return TokenClaims.client(subject, organization)
                .withRoles(role)
                .withScopes(SCOPES.toArray(String[]::new));
    }

    /** With every scope but these. */
    static TokenClaims lacking(TokenClaims claims, List<String> scopes) {
        TreeSet<String> others = new TreeSet<>(SCOPES);
        scopes.forEach(others::remove);
        return claims.withScopes(others.toArray(String[]::new));
    }

    private static String id(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
