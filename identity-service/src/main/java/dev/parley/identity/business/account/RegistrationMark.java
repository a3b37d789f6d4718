package dev.parley.identity.business.account;

/**
 * What tells that a registration is one that was made before: a keyed hash of all that it said and
 * of where it came from.
 */
public record RegistrationMark(String hash) {
    public RegistrationMark {
        if (hash.isEmpty()) {
            throw new IllegalArgumentException("an empty mark");
        }
    }
}
