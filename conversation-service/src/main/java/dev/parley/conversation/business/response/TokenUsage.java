package dev.parley.conversation.business.response;

/**
 * What a turn used.
 *
 * @param input tokens that the model was sent, cached ones among them
 * @param cachedInput those of them that came from the provider's cache
 * @param output tokens that the model produced
 * @param estimated whether these are not the provider's own counts
 */
public record TokenUsage(long input, long cachedInput, long output, boolean estimated) {
    public TokenUsage {
        if (input < 0 || cachedInput < 0 || output < 0) {
            throw new IllegalArgumentException("tokens < 0");
        }
    }
}
