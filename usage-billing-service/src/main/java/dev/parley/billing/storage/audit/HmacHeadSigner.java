package dev.parley.billing.storage.audit;

import dev.parley.billing.business.audit.ChainHead;
import dev.parley.billing.business.audit.HeadSigner;
import dev.parley.billing.business.audit.SignedHead;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with a key from the environment. */
@Singleton
class HmacHeadSigner implements HeadSigner {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final String keyId;

    @Inject
    HmacHeadSigner(AuditSettings settings) {
        byte[] bytes = parse(settings.signingKey());
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.keyId = HexFormat.of().formatHex(mac("key id".getBytes(StandardCharsets.UTF_8)), 0, 4);
    }

    @Override
    public SignedHead sign(ChainHead head, Instant now) {
        Instant signedAt = now.truncatedTo(ChronoUnit.MILLIS);
        return new SignedHead(head, signedAt, keyId, signature(head, signedAt, keyId));
    }

    @Override
    public boolean isGenuine(SignedHead head) {
        return MessageDigest.isEqual(
                signature(head.head(), head.signedAt(), head.keyId())
                        .getBytes(StandardCharsets.US_ASCII),
                head.signature().getBytes(StandardCharsets.US_ASCII));
    }

    private String signature(ChainHead head, Instant signedAt, String by) {
        String text =
                String.join(
                        "\n",
                        "parley audit head",
                        head.organization().value(),
                        Long.toString(head.position()),
                        head.hash().hex(),
                        signedAt.toString(),
                        by);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac(text.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] mac(byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
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
                "PARLEY_AUDIT_SIGNING_KEY has to be 32 bytes in base64 or hex");
    }
}
