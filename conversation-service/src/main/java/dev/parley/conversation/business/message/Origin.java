package dev.parley.conversation.business.message;

/** How a message came to be here; one that a caller wrote for the model is marked as that. */
public enum Origin {
    /** A message of the caller's own role. */
    SENT,
    /** A message of another role that the caller wrote. */
    SUPPLIED,
    /** One of the conversation's own answers, sent again unchanged. */
    RESENT,
    /** A model's answer. */
    GENERATED
}
