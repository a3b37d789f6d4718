package dev.parley.conversation.business.response;

/** How far a turn is; every status but the first is final. */
public enum ResponseStatus {
    IN_PROGRESS,
    COMPLETED,
    INCOMPLETE,
    FAILED,
    CANCELLED;

    /** Whether the turn has an answer even if the model said nothing. */
    public boolean hasOutput() {
        return this == COMPLETED || this == INCOMPLETE;
    }
}
