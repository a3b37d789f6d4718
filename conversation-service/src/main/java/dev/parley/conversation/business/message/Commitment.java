package dev.parley.conversation.business.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A salted SHA-256: proves what a text was to whoever has the text and the salt. */
public record Commitment(String hex) {
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Hashes texts so that no two different sequences of them give the same input. */
    public static final class Builder {
        private final MessageDigest digest;

        public Builder(Salt salt) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
            digest.update(salt.bytes());
        }

        public Builder add(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int shift = 24; shift >= 0; shift -= 8) {
                digest.update((byte) (bytes.length >>> shift));
            }
            digest.update(bytes);
            return this;
        }

        public Commitment build() {
            return new Commitment(HexFormat.of().formatHex(digest.digest()));
        }
    }
}
