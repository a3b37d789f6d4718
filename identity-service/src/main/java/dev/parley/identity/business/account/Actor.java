package dev.parley.identity.business.account;

import java.util.Set;

/**
 * Who asks for something.
 *
 * @param viaApiKey whether an API key speaks for the account, and not a session
 */
public record Actor(
        UserId id,
        OrganizationId organization,
        Set<Role> roles,
        Set<Scope> scopes,
        boolean viaApiKey) {
    public Actor {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
