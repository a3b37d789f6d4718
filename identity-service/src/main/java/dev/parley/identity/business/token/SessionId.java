package dev.parley.identity.business.token;

import java.util.UUID;

/** The {@code sid} of a session: all refresh tokens that descend from one login. */
public record SessionId(UUID value) {
    /** How its spelling in tokens begins. */
    public static final String PREFIX = "sess_";
}
