package dev.parley.billing.business.quota;

/**
 * A sign of life of an open call.
 *
 * @param reachedProvider whether a provider was asked
 * @param inputTokens input tokens so far
 * @param outputTokens output tokens so far
 */
public record Progress(
        ReservationId reservation, boolean reachedProvider, long inputTokens, long outputTokens) {
    public Progress {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("negative progress of " + reservation.value());
        }
    }
}
