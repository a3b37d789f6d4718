package dev.parley.identity.business.token;

import java.util.UUID;

/** The {@code kid} of a signing key. */
public record SigningKeyId(UUID value) {
    /** How its spelling in tokens begins. */
    public static final String PREFIX = "sig_";
}
