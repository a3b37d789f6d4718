package dev.parley.conversation.api.message;

import dev.parley.conversation.business.response.RequestHash;
import dev.parley.platform.web.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What tells that a request is one that was made before. */
public final class Requests {
    private static final int LONGEST_KEY = 255;

    private Requests() {}

    public static RequestHash hash(String path, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return new RequestHash(HexFormat.of().formatHex(digest.digest(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The checked {@code Idempotency-Key}. */
    public static @Nullable String idempotencyKey(@Nullable String header) {
        if (header == null) {
            return null;
        }
        boolean printable = header.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (header.isEmpty() || header.length() > LONGEST_KEY || !printable) {
            throw Problem.invalid(
                            "Idempotency-Key",
                            "Idempotency-Key has 1 to 255 printable ASCII characters")
                    .asException();
        }
        return header;
    }

    /** Whether an official SDK says that it sends the request again. */
    public static boolean retried(@Nullable String retryCount) {
        return retryCount != null && !retryCount.isBlank() && !retryCount.strip().equals("0");
    }
}
