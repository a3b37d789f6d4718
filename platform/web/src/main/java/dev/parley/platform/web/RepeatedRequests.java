package dev.parley.platform.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What tells that a request is one that was made before, and what such a one is refused with. */
public final class RepeatedRequests {
    /** The header with the caller's own name for a request. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The header in which an official SDK says how often it has sent a request before. */
    public static final String RETRY_COUNT = "X-Stainless-Retry-Count";

    private static final int LONGEST_KEY = 255;

    private RepeatedRequests() {}

    /** The same for two requests with the same path and body: SHA-256 in hex. */
    public static String hash(String path, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The hash of the current request's path and body, or null when it has neither of the headers
     * or no body.
     */
    public static @Nullable String currentHash() {
        return BodyHash.current();
    }

    /**
     * The checked {@code Idempotency-Key}, or null when there is none.
     *
     * @throws ProblemException 400 {@code invalid_request} when it is empty, longer than 255
     *     characters, or not printable
     */
    public static @Nullable String idempotencyKey(@Nullable String header) {
        if (header == null) {
            return null;
        }
        boolean printable = header.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (header.isEmpty() || header.length() > LONGEST_KEY || !printable) {
            throw Problem.invalid(
                            IDEMPOTENCY_KEY,
                            IDEMPOTENCY_KEY + " has 1 to 255 printable ASCII characters")
                    .asException();
        }
        return header;
    }

    /** Whether an official SDK says that it sends the request again. */
    public static boolean retried(@Nullable String retryCount) {
        return retryCount != null && !retryCount.isBlank() && !retryCount.strip().equals("0");
    }

    /** The key was used for another body. */
    public static Problem keyReused() {
        return Problem.of(
                422, "idempotency_key_reused", "The Idempotency-Key was used for another request.");
    }

    /** The first request is not answered yet. */
    public static Problem inProgress() {
        return Problem.of(409, "idempotency_in_progress", "The first of these requests still runs.")
                .withRetryAfter(Duration.ofSeconds(1));
    }
}
