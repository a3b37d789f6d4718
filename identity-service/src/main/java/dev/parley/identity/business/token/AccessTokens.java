package dev.parley.identity.business.token;

/** Writes and reads access tokens in their signed form. */
public interface AccessTokens {
    /** A token in the form in which it travels. */
    record Signed(String jwt) {
        @Override
        public String toString() {
            return "Signed[…]";
        }
    }

    /** What a presented token is worth; revocation is another question. */
    sealed interface Verification {
        record Good(AccessToken token) implements Verification {}

        record Expired() implements Verification {}

        record Bad() implements Verification {}
    }

    Signed sign(AccessToken token);

    Verification verify(String jwt, Audience audience);
}
