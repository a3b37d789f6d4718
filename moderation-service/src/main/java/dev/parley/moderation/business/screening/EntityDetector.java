package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;

/** Recognises one kind of personal data or secret; stateless. */
interface EntityDetector {
    int NONE = -1;

    EntityType type();

    /** Whether one may begin with a symbol that stands after another ({@code -1} at the start). */
    boolean beginsWith(int previous, int symbol);

    /** The symbol after the last of the one that begins at {@code start}, or {@link #NONE}. */
    int match(EntityWindow window, int start);

    /** How sure a match is. */
    default double score() {
        return 1.0;
    }

    /** Whether a match is certain before its end is known. */
    default boolean openEnded() {
        return false;
    }

    /** Where the same one ends that is known to go at least to {@code end}. */
    default int goOn(EntityWindow window, int end) {
        return end;
    }
}
