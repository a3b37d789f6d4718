package dev.parley.moderation.business.screening;

/**
 * What one detector may look at: the text from one place on, at most {@link #REACH} UTF-16 units of
 * the original. It remembers whether the detector looked past what is there, for then the answer is
 * not yet known.
 */
final class EntityWindow {
    /** The most that a stream holds back. */
    static final int REACH = 64;

    /** Read where the text ends, or where nothing is seen yet. */
    static final int END = -1;

    private final FoldedText text;
    private final boolean complete;
    private int limit;
    private boolean starved;
    private boolean outOfReach;

    EntityWindow(FoldedText text, boolean complete) {
        this.text = text;
        this.complete = complete;
    }

    void moveTo(int start) {
        limit = text.start(start) + REACH;
        starved = false;
        outOfReach = false;
    }

    /** For what follows a match that is already certain, however long it is. */
    void moveBehind() {
        limit = Integer.MAX_VALUE;
        starved = false;
        outOfReach = false;
    }

    /** The symbol, with its case; {@link #END} past the end or out of reach. */
    int at(int symbol) {
        if (symbol < text.length()) {
            if (text.start(symbol) >= limit) {
                outOfReach = true;
                return END;
            }
            return text.shape(symbol);
        }
        if (!complete) {
            starved = true;
            outOfReach |= text.original().length() >= limit;
        }
        return END;
    }

    boolean starved() {
        return starved;
    }

    boolean outOfReach() {
        return outOfReach;
    }

    static boolean digit(int symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    static boolean upper(int symbol) {
        return symbol >= 'A' && symbol <= 'Z';
    }

    static boolean latin(int symbol) {
        return upper(symbol) || (symbol >= 'a' && symbol <= 'z');
    }

    static boolean latinOrDigit(int symbol) {
        return digit(symbol) || latin(symbol);
    }

    static boolean word(int symbol) {
        return symbol >= 0
                && (symbol < 0x80
                        ? latinOrDigit(symbol) || symbol == '_'
                        : Character.isLetterOrDigit(symbol));
    }
}
