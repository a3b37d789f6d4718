package dev.parley.identity.business.token;

import java.util.UUID;

/** The {@code jti} of an access token. */
public record TokenId(UUID value) {
    /** How its spelling in tokens begins. */
    public static final String PREFIX = "tok_";
}
