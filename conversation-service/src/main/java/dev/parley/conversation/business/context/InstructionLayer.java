package dev.parley.conversation.business.context;

/** Where instructions come from, in the order in which a model is given them. */
public enum InstructionLayer {
    INSTALLATION,
    ORGANIZATION,
    PLAN,
    USER,
    CONVERSATION,
    ENDPOINT,
    REQUEST
}
