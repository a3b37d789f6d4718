package dev.parley.gateway.business.generation;

import dev.parley.gateway.business.model.Tokens;

/**
 * What a call used.
 *
 * @param input all of the prompt, cached tokens among them
 * @param cachedInput those of {@code input} that the provider had in a cache
 * @param estimated whether the numbers are ours, for want of the provider's
 */
public record TokenUsage(Tokens input, Tokens cachedInput, Tokens output, boolean estimated) {
    public static TokenUsage counted(Tokens input, Tokens output) {
        return new TokenUsage(input, Tokens.NONE, output, false);
    }

    public static TokenUsage estimated(Tokens input, Tokens output) {
        return new TokenUsage(input, Tokens.NONE, output, true);
    }
}
