package dev.parley.conversation.business.message;

/** Why a caller's messages are not taken; {@code param} names the field that is at fault. */
public sealed interface MessageRefusal {
    String param();

    /** There is nothing in it. */
    record Empty(String param) implements MessageRefusal {}

    /** It is more text than one request may bring. */
    record TooLong(String param, int mostBytes) implements MessageRefusal {}

    /** The caller may not speak for anyone but the user. */
    record InstructionsNotAllowed(String param) implements MessageRefusal {}
}
