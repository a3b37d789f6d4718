package dev.parley.moderation;

import dev.parley.testing.contract.AccessContract;
import dev.parley.testing.contract.Tokens;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AccessIT extends AccessContract {
    AccessIT() {
        super("moderation-service");
    }

    @Override
    protected Tokens tokens() {
        return Tokens.ofPeer();
    }

    @Override
    protected Made make(String path, TokenClaims someone) {
        throw new AssertionError("nothing is named by " + path);
    }
}
