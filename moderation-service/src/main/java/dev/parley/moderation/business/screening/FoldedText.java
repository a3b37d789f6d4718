package dev.parley.moderation.business.screening;

import java.util.Arrays;

/**
 * A text as the rules read it: folded symbols without what no reader sees, each with its place in
 * the original, in UTF-16 units.
 */
final class FoldedText {
    private final String original;
    private int[] shapes;
    private int[] letters;
    private int[] starts;
    private int[] ends;
    private int length;

    private FoldedText(String original) {
        this.original = original;
        int capacity = original.length() + 8;
        shapes = new int[capacity];
        letters = new int[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    static FoldedText of(String original) {
        FoldedText folded = new FoldedText(original);
        int at = 0;
        while (at < original.length()) {
            char c = original.charAt(at);
            if (c < 0x80) {
                if (c >= ' ' || c == '\n' || c == '\t' || c == '\r') {
                    folded.add(c, c >= 'A' && c <= 'Z' ? c + 32 : c == '`' ? '\'' : c, at, at + 1);
                }
                at++;
            } else {
                int codePoint = original.codePointAt(at);
                int end = at + Character.charCount(codePoint);
                folded.addFolded(codePoint, at, end);
                at = end;
            }
        }
        return folded;
    }

    private void addFolded(int codePoint, int start, int end) {
        int shape = Folding.shapeOf(codePoint);
        if (shape == Folding.INVISIBLE) {
            return;
        }
        int letter = Folding.lettersOf(codePoint);
        if (shape >= 0 && letter >= 0) {
            add(shape, letter, start, end);
            return;
        }
        int[] shapeParts = shape >= 0 ? new int[] {shape} : Folding.expanded(shape);
        int[] letterParts = letter >= 0 ? new int[] {letter} : Folding.expanded(letter);
        for (int i = 0; i < Math.max(shapeParts.length, letterParts.length); i++) {
            add(
                    shapeParts[Math.min(i, shapeParts.length - 1)],
                    letterParts[Math.min(i, letterParts.length - 1)],
                    start,
                    end);
        }
    }

    private void add(int shape, int letter, int start, int end) {
        if (length == shapes.length) {
            int larger = length * 2;
            shapes = Arrays.copyOf(shapes, larger);
            letters = Arrays.copyOf(letters, larger);
            starts = Arrays.copyOf(starts, larger);
            ends = Arrays.copyOf(ends, larger);
        }
        shapes[length] = shape;
        letters[length] = letter;
        starts[length] = start;
        ends[length] = end;
        length++;
    }

    String original() {
        return original;
    }

    /** How many symbols there are. */
    int length() {
        return length;
    }

    /** The symbol with its case and script kept. */
    int shape(int symbol) {
        return shapes[symbol];
    }

    /** The symbol in lower case, look-alikes as Latin letters. */
    int letter(int symbol) {
        return letters[symbol];
    }

    /** Where the symbol begins in the original; the original's length for the end of the text. */
    int start(int symbol) {
        return symbol < length ? starts[symbol] : original.length();
    }

    /** Where the symbol ends in the original, its trailing marks left out. */
    int end(int symbol) {
        return ends[symbol];
    }

    /** The first symbol that begins at or after a place of the original. */
    int symbolAt(int offset) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
