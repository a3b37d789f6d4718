package dev.parley.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.identity.business.token.AccessTokens;
import dev.parley.testing.contract.AccessContract;
import dev.parley.testing.contract.Tokens;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;

@QuarkusTest
class AccessIT extends AccessContract {
    @Inject AccessTokens accessTokens;

    AccessIT() {
        super("identity-service");
    }

    @Override
    protected Tokens tokens() {
        return new IssuedTokens(accessTokens);
    }

    @Override
    protected Made make(String path, TokenClaims someone) {
        Response session = Api.aSession();
        String token = session.path("access_token");
        JsonNode claims = Api.claims(token);
        String user = claims.path("sub").asText();
        TokenClaims owner = TokenClaims.client(user, claims.path("org").asText());
        return switch (path) {
            case "/v1/users/{id}" -> new Made("/v1/users/" + user, owner);
            case "/v1/organizations/{id}/policies" ->
                    new Made("/v1/organizations/" + owner.organization() + "/policies", owner);
            case "/v1/organizations/{id}/members/{member}" ->
                    new Made(
                            "/v1/organizations/" + owner.organization() + "/members/" + user,
                            owner,
                            "{\"roles\":[\"admin\",\"user\"]}");
            case "/v1/api_keys/{id}" -> {
                String key = Api.createKey(token, Map.of("name", "a key")).path("id");
                yield new Made("/v1/api_keys/" + key, owner);
            }
            default -> throw new AssertionError("nothing is named by " + path);
        };
    }
}
