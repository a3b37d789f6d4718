package dev.parley.conversation.business.message;

/** Who speaks in a message. */
public enum Role {
    USER,
    SYSTEM,
    DEVELOPER,
    ASSISTANT;

    /** Whether messages of this role tell the model what to do, rather than being talked about. */
    public boolean instructs() {
        return switch (this) {
            case SYSTEM, DEVELOPER -> true;
            case USER, ASSISTANT -> false;
        };
    }
}
