package dev.parley.gateway;

import dev.parley.testing.contract.AccessContract;
import dev.parley.testing.contract.Tokens;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AccessIT extends AccessContract {
    AccessIT() {
        super("llm-gateway-service");
    }

    @Override
    protected Tokens tokens() {
        return Tokens.ofPeer();
    }

    @Override
    protected Made make(String path, TokenClaims someone) {
        return switch (path) {
            case "/v1/models/{id}" -> new Made("/v1/models/simulated", someone);
            default -> throw new AssertionError("nothing is named by " + path);
        };
    }
}
