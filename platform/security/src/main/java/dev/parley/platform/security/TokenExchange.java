package dev.parley.platform.security;

import io.smallrye.mutiny.Uni;

/** RFC 8693: turns what a client presented into a token that services use among themselves. */
public interface TokenExchange {
    /** What is exchanged. */
    enum SubjectTokenType {
        ACCESS_TOKEN("urn:ietf:params:oauth:token-type:access_token"),
        API_KEY("urn:parley:params:oauth:token-type:api_key");

        private final String urn;

        SubjectTokenType(String urn) {
            this.urn = urn;
        }

        public String urn() {
            return urn;
        }
    }

    /** What became of an exchange. */
    sealed interface Exchanged {
        /** The internal token, a JWT. */
        record Token(String jwt) implements Exchanged {}

        /** The subject token is not, or no longer, good. */
        record Refused(String reason) implements Exchanged {}
    }

    /** Fails only when the issuer cannot be reached. */
    Uni<Exchanged> exchange(String subjectToken, SubjectTokenType type);
}
