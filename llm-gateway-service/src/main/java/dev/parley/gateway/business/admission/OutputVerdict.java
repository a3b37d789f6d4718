package dev.parley.gateway.business.admission;

/** moderation's verdict about pending output. */
public sealed interface OutputVerdict {
    /**
     * A beginning of it may be shown.
     *
     * @param consumed how many UTF-16 units of the pending text this settles
     * @param text what to show for them
     */
    record Released(int consumed, String text) implements OutputVerdict {}

    /** Nothing of it may be shown, and the answer is over. */
    record Blocked() implements OutputVerdict {}
}
