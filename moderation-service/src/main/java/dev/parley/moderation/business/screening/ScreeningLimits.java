package dev.parley.moderation.business.screening;

/**
 * Bounds of the work on one request.
 *
 * @param longestText the most UTF-16 units of a text that a client may have judged
 * @param quickTexts up to how many UTF-16 units are screened at once, where waiting is not allowed
 */
public record ScreeningLimits(int longestText, int quickTexts) {
    public ScreeningLimits {
        if (longestText < 1 || quickTexts < 0) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
