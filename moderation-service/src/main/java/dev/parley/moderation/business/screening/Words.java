package dev.parley.moderation.business.screening;

import java.util.Arrays;

/**
 * The words of a folded text. A word begins at a letter, a digit or a sign that people write for a
 * letter ({@code $hit}); scripts without spaces have a word per character.
 */
final class Words {
    private static final int NEAR = 3;
    private static final int SHORT = 2;

    private final FoldedText text;
    private int[] from = new int[64];
    private int[] to = new int[64];
    private int count;

    private Words(FoldedText text) {
        this.text = text;
    }

    static Words of(FoldedText text) {
        Words words = new Words(text);
        int length = text.length();
        int at = 0;
        while (at < length) {
            int symbol = text.letter(at);
            if (unspaced(symbol)) {
                words.add(at, at + 1);
                at++;
            } else if (beginsWord(symbol)) {
                int start = at;
                boolean spoken = false;
                while (at < length && continuesWord(text.letter(at), at - start)) {
                    spoken |= wordSymbol(text.letter(at));
                    at++;
                }
                if (spoken || at == length) {
                    words.add(start, at);
                }
            } else {
                at++;
            }
        }
        return words;
    }

    private void add(int start, int end) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
        }
        from[count] = start;
        to[count] = end;
        count++;
    }

    FoldedText text() {
        return text;
    }

    int count() {
        return count;
    }

    /** The symbol a word begins with. */
    int from(int word) {
        return from[word];
    }

    /** The symbol after a word's last. */
    int to(int word) {
        return to[word];
    }

    /** Whether the word is one letter of a script with spaces, as in {@code b o m b}. */
    boolean single(int word) {
        return to[word] - from[word] == 1 && wordSymbol(text.letter(from[word]));
    }

    /** Whether two single letters stand so close that a reader joins them. */
    boolean near(int word, int next) {
        return from[next] - to[word] <= NEAR;
    }

    /** Whether a letter that comes next would be near the last word. */
    boolean endsNear() {
        return text.length() - to[spoken() - 1] <= NEAR;
    }

    /** How many words there are without signs at the end that may yet become one. */
    int spoken() {
        return count > 0 && signs(count - 1) ? count - 1 : count;
    }

    private boolean signs(int word) {
        for (int symbol = from[word]; symbol < to[word]; symbol++) {
            if (wordSymbol(text.letter(symbol)) || unspaced(text.letter(symbol))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last word touches the end of the text, so that more text may lengthen it. */
    boolean endsOpen() {
        return count > 0
                && to[count - 1] == text.length()
                && !unspaced(text.letter(text.length() - 1));
    }

    static boolean wordSymbol(int symbol) {
        return symbol < 0x80
                ? (symbol >= 'a' && symbol <= 'z') || (symbol >= '0' && symbol <= '9')
                : Character.isLetterOrDigit(symbol) && !unspaced(symbol);
    }

    static boolean letterSign(int symbol) {
        return symbol == '@' || symbol == '$' || symbol == '!' || symbol == '|' || symbol == '€';
    }

    private static boolean beginsWord(int symbol) {
        return wordSymbol(symbol) || letterSign(symbol);
    }

    /** {@code k!ll} is one word; in {@code stop!then} the sign ends one. */
    private static boolean continuesWord(int symbol, int soFar) {
        boolean stop = symbol == '!' || symbol == '|';
        return symbol == '\'' || (beginsWord(symbol) && (!stop || soFar <= SHORT));
    }

    private static boolean unspaced(int symbol) {
        return symbol >= 0x0E00
                && (symbol < 0x0E80
                        || (symbol >= 0x3040 && symbol < 0x3100)
                        || Character.isIdeographic(symbol));
    }
}
