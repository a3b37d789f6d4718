package dev.parley.identity.business.account;

import java.util.UUID;

/** The id of a person or a guest. */
public record UserId(UUID value) {
    /** How its public spelling begins. */
    public static final String PREFIX = "user_";
}
