package dev.parley.testing.contract;

import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;

/** Where the callers of a test get their tokens. */
public interface Tokens {
    String client(TokenClaims claims);

    String apiKey(TokenClaims claims);

    String service(String name);

    String exchanged(TokenClaims claims, String service);

    /** Those of {@link IdentityPeer}. */
    static Tokens ofPeer() {
        return new Tokens() {
            @Override
            public String client(TokenClaims claims) {
                return IdentityPeer.clientToken(claims);
            }

            @Override
            public String apiKey(TokenClaims claims) {
                return IdentityPeer.apiKey(claims);
            }

            @Override
            public String service(String name) {
                return IdentityPeer.serviceToken(name);
            }

            @Override
            public String exchanged(TokenClaims claims, String service) {
                return IdentityPeer.exchangedToken(claims, service);
            }
        };
    }
}
