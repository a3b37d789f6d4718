package dev.parley.identity.storage.account;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The 256-bit key from which all others are derived: those that encrypt signing keys and those that
 * hash secrets. It is uniformly random, so HKDF's first step is left out (RFC 5869, 3.3).
 */
@Singleton
public class InstallationKey {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    @Inject
    InstallationKey(@ConfigProperty(name = "parley.key-encryption-key") String text) {
        this.key = parse(text);
    }

    /** 64 hex digits or the base64 (either alphabet) of 32 bytes. */
    static byte[] parse(String text) {
        String trimmed = text.strip();
        try {
            byte[] bytes =
                    trimmed.matches("[0-9a-fA-F]{64}")
                            ? HexFormat.of().parseHex(trimmed)
                            : Base64.getDecoder()
                                    .decode(trimmed.replace('-', '+').replace('_', '/'));
            if (bytes.length == BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException unreadable) {
            // refused below, without the value
        }
        throw new IllegalArgumentException(
                "PARLEY_KEY_ENCRYPTION_KEY has to be 32 bytes in base64 or hex");
    }

    /** A key of 32 bytes for one use (HKDF-Expand, one block). */
    public byte[] derive(String use) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(("parley:identity:" + use).getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(new byte[] {1});
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
    }
}
