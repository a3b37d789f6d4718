package dev.parley.conversation.business.response;

/** Why a turn ended. */
public enum FinishReason {
    /** The model had said everything. */
    STOP,
    /** The granted output was used up. */
    LENGTH,
    /** Moderation stopped it. */
    CONTENT_FILTER,
    /** Its owner stopped it. */
    CANCELLED,
    /** The gateway did not admit it. */
    REFUSED,
    /** The model's provider, or the way to it, failed. */
    UPSTREAM_FAILED,
    /** The token or key of whoever asked for it was revoked. */
    CALLER_REVOKED,
    /** The replica that ran it is gone. */
    ABANDONED;

    /** The status of a turn that ended for this reason. */
    public ResponseStatus status() {
        return switch (this) {
            case STOP -> ResponseStatus.COMPLETED;
            case LENGTH, CONTENT_FILTER -> ResponseStatus.INCOMPLETE;
            case CANCELLED -> ResponseStatus.CANCELLED;
            case REFUSED, UPSTREAM_FAILED, CALLER_REVOKED, ABANDONED -> ResponseStatus.FAILED;
        };
    }
}
