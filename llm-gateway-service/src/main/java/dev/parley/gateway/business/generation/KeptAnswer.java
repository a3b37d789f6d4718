package dev.parley.gateway.business.generation;

/**
 * An answer that may be given again.
 *
 * @param text as it was shown
 * @param provider who gave it
 * @param attempts how often providers were asked
 */
public record KeptAnswer(
        String text, FinishReason reason, TokenUsage usage, String provider, int attempts) {}
