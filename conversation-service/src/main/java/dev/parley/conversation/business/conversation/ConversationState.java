package dev.parley.conversation.business.conversation;

/** Where a conversation stands in its life; only an active one takes turns. */
public enum ConversationState {
    ACTIVE,
    PAUSED,
    ARCHIVED,
    CLOSED;

    public boolean takesTurns() {
        return this == ACTIVE;
    }

    /** Whether the move is legal; staying is always. Closed is final. */
    public boolean mayBecome(ConversationState next) {
        if (next == this) {
            return true;
        }
        return switch (this) {
            case ACTIVE -> true;
            case PAUSED -> true;
            case ARCHIVED -> next == ACTIVE || next == CLOSED;
            case CLOSED -> false;
        };
    }
}
