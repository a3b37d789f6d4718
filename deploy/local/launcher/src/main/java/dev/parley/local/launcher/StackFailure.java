package dev.parley.local.launcher;

/** The stack cannot be had; the message tells a person why and what to do. */
public final class StackFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StackFailure(String message) {
        super(message);
    }

    StackFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
