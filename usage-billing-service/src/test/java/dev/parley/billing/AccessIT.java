package dev.parley.billing;

import dev.parley.testing.contract.AccessContract;
import dev.parley.testing.contract.Tokens;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AccessIT extends AccessContract {
    AccessIT() {
        super("usage-billing-service");
    }

    @Override
    protected Tokens tokens() {
        return Tokens.ofPeer();
    }

    @Override
    protected Made make(String path, TokenClaims someone) {
        return switch (path) {
            case "/v1/subscriptions/{organization}" -> {
                String organization = String.valueOf(someone.organization());
                ServiceIT.subscribe(organization, "free");
                yield new Made("/v1/subscriptions/" + organization, someone);
            }
            default -> throw new AssertionError("nothing is named by " + path);
        };
    }
}
