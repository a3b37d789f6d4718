package dev.parley.identity.business.credential;

/** A {@code client_secret} in clear text. */
public record ClientSecret(String value) {
    @Override
    public String toString() {
        return "ClientSecret[…]";
    }
}
