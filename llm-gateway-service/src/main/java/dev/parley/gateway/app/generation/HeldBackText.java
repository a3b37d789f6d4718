package dev.parley.gateway.app.generation;

/** The text of an answer that has come and is not shown yet, and the end of what was shown. */
final class HeldBackText {
    /** How much of the shown text a check gets to see, in UTF-16 units. */
    private static final int TAIL = 256;

    private final StringBuilder pending = new StringBuilder();
    private final StringBuilder shown = new StringBuilder();
    private int seen;

    void append(String piece) {
        pending.append(piece);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Whether there is text that no check has seen. */
    boolean hasNews() {
        return pending.length() > seen;
    }

    /** All that waits, for a check. */
    String take() {
        seen = pending.length();
        return pending.toString();
    }

    String shownTail() {
        return shown.toString();
    }

    /** Settles the first {@code consumed} units, for which {@code text} was shown. */
    void release(int consumed, String text) {
        pending.delete(0, consumed);
        seen = Math.max(0, seen - consumed);
        shown.append(text);
        if (shown.length() > TAIL) {
            shown.delete(0, shown.length() - TAIL);
        }
    }
}
