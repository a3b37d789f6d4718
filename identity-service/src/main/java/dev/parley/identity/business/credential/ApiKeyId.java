package dev.parley.identity.business.credential;

import java.util.UUID;

/** The id of an API key, which is no secret. */
public record ApiKeyId(UUID value) {
    /** How its public spelling begins. */
    public static final String PREFIX = "key_";
}
