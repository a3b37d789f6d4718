package dev.parley.conversation.business.message;

/** Who speaks in a message. */
public enum Role {
    USER,
    SYSTEM,
    DEVELOPER,
    ASSISTANT
}
