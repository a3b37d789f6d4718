package dev.parley.identity.app.token;

import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.AccessTokens;
import java.util.Optional;

/**
 * What an OAuth client is given.
 *
 * @param token what the access token says
 * @param signed the access token as it travels
 * @param refreshToken what gets the next one, if there is a session
 */
public record Grant(AccessToken token, AccessTokens.Signed signed, Optional<String> refreshToken) {
    @Override
    public String toString() {
        return "Grant[" + token.id().value() + "]";
    }
}
