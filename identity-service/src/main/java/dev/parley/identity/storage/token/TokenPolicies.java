package dev.parley.identity.storage.token;

import dev.parley.identity.business.token.TokenPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The column's settings as its policy. */
class TokenPolicies {
    @Produces
    @Singleton
    TokenPolicy tokenPolicy(TokenSettings settings) {
        return new TokenPolicy(
                settings.accessTokenLife(),
                settings.exchangedTokenLife(),
                settings.sessionLife(),
                settings.guestSessionLife(),
                settings.refreshGrace(),
                settings.signingKeyLife(),
                settings.leeway());
    }
}
