package dev.parley.identity.business.credential;

/** A salted hash that says how it was made, so that parameters can rise. */
public record PasswordHash(String encoded) {
    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
