package dev.parley.identity.business.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The keyed hash of a secret that has 256 bits of its own, in base64url. */
public record SecretHash(String text) {
    /** Compares in constant time. */
    public boolean matches(SecretHash other) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.US_ASCII),
                other.text.getBytes(StandardCharsets.US_ASCII));
    }
}
