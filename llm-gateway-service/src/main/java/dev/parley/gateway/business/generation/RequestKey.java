package dev.parley.gateway.business.generation;

import java.time.Duration;

/**
 * What a request is known by when it is made again, among those of its caller.
 *
 * @param organization {@code org_…}
 * @param subject {@code user_…} or {@code svc_…}
 * @param name of the request; the same for its repetitions, and perhaps for others
 * @param requestHash the same for the same request only
 * @param kept how long its answer is given again
 * @param anew whether this is known not to be a repetition, whatever went by the name before
 */
public record RequestKey(
        String organization,
        String subject,
        String name,
        String requestHash,
        Duration kept,
        boolean anew) {
    private static final Duration CHOSEN_KEYS_ARE_KEPT = Duration.ofHours(24);
    private static final Duration RETRIES_ARE_EXPECTED = Duration.ofMinutes(10);

    /** By a key that the caller chose. */
    public static RequestKey chosen(
            String organization, String subject, String key, String requestHash) {
        return new RequestKey(
                organization, subject, "key:" + key, requestHash, CHOSEN_KEYS_ARE_KEPT, false);
    }

    /**
     * By what it says, because its caller is known to try again.
     *
     * @param retried whether it is such a further try
     */
    public static RequestKey ofRetries(
            String organization, String subject, String requestHash, boolean retried) {
        return new RequestKey(
                organization,
                subject,
                "sdk:" + requestHash,
                requestHash,
                RETRIES_ARE_EXPECTED,
                !retried);
    }
}
