package dev.parley.identity.business.token;

import java.util.Optional;

/** Writes and reads refresh tokens in the form in which they travel. */
public interface RefreshTokens {
    String write(RefreshToken token);

    /** Empty when we never wrote that. */
    Optional<RefreshToken> read(String text);
}
