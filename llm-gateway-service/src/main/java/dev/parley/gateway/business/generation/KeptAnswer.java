package dev.parley.gateway.business.generation;

/** What a request came to, as it is told again. */
public sealed interface KeptAnswer {
    /** Who answered. */
    String provider();

    /** How often providers were asked. */
    int attempts();

    /**
     * An answer that was not cut.
     *
     * @param text as it was shown
     */
    record Whole(String text, FinishReason reason, TokenUsage usage, String provider, int attempts)
            implements KeptAnswer {}

    /** A refusal that stands: by the provider, which was asked. */
    record Refused(Failure why, String provider, int attempts) implements KeptAnswer {}
}
