package dev.parley.billing.business.metering;

/**
 * The tokens of one call of a model. Cached input tokens are part of the input tokens.
 *
 * @param input all input tokens
 * @param cachedInput those of the input that the provider had cached
 * @param output all output tokens
 */
public record TokenUsage(long input, long cachedInput, long output) {
    public TokenUsage {
        if (input < 0 || cachedInput < 0 || output < 0 || cachedInput > input) {
            throw new IllegalArgumentException(
                    "impossible usage: " + input + ", cached " + cachedInput + ", " + output);
        }
    }

    public static TokenUsage of(long input, long output) {
        return new TokenUsage(input, 0, output);
    }

    public long total() {
        return Math.addExact(input, output);
    }

    /** This usage, but with no more input and output than given. */
    public TokenUsage atMost(long mostInput, long mostOutput) {
        long bounded = Math.min(input, mostInput);
        return new TokenUsage(
                bounded, Math.min(cachedInput, bounded), Math.min(output, mostOutput));
    }
}
