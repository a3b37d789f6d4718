package dev.parley.platform.security;

import io.smallrye.mutiny.Uni;

/** Where this service's own token comes from. */
public interface OwnToken {
    /**
     * A fresh token.
     *
     * @param jwt the token
     * @param lifeSeconds how long it is good for, in seconds
     */
    record Issued(String jwt, long lifeSeconds) {}

    /** Asks for one; fails when the issuer cannot be reached or refuses the client. */
    Uni<Issued> issue();
}
