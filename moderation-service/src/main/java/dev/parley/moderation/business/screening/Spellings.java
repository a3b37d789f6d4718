package dev.parley.moderation.business.screening;

/**
 * The ways to read one word: as it stands; with digits and signs as the letters they look like; and
 * with drawn-out letters shortened.
 */
final class Spellings {
    private static final int LONGEST = 48;

    /** Told each reading; the array is reused. */
    interface Reader {
        void read(int[] symbols, int length);
    }

    private final Words words;
    private final int[] buffer = new int[LONGEST * 2];

    Spellings(Words words) {
        this.words = words;
    }

    /**
     * All readings of a word.
     *
     * @param open whether the word may go on, so that its readings are beginnings of words
     */
    void of(int word, boolean open, Reader reader) {
        FoldedText text = words.text();
        int from = words.from(word);
        int to = words.to(word);
        if (to - from > LONGEST) {
            return;
        }
        boolean disguised = false;
        boolean letters = false;
        int run = 1;
        int longestRun = 1;
        for (int i = from; i < to; i++) {
            int symbol = text.letter(i);
            boolean letter = (symbol >= 'a' && symbol <= 'z') || (symbol > 0x7F && symbol != '€');
            letters |= letter;
            disguised |= !letter;
            run = i > from && text.letter(i - 1) == symbol ? run + 1 : 1;
            longestRun = Math.max(longestRun, run);
        }
        int first = from;
        int last = to;
        if (disguised) {
            while (first < last && !Words.wordSymbol(text.letter(first))) {
                first++;
            }
            while (last > first && !Words.wordSymbol(text.letter(last - 1))) {
                last--;
            }
        }
        int plain = copy(first, last, '\0');
        reader.read(buffer, plain);
        if (disguised && (letters || open)) {
            disguises(from, first, last, to, 'i', reader);
            disguises(from, first, last, to, 'l', reader);
        }
        if (longestRun >= 3 || (open && run >= 2)) {
            shortened(first, last, 1, reader);
            shortened(first, last, 2, reader);
        }
    }

    private void disguises(int from, int first, int last, int to, char upright, Reader reader) {
        reader.read(buffer, copy(from, last, upright));
        if (last < to) {
            reader.read(buffer, copy(from, to, upright));
        }
        if (first > from) {
            reader.read(buffer, copy(first, last, upright));
        }
    }

    private int copy(int from, int to, char upright) {
        int length = 0;
        for (int i = from; i < to; i++) {
            int symbol = words.text().letter(i);
            if (symbol != '\'') {
                buffer[length++] = upright == '\0' ? symbol : undisguised(symbol, upright);
            }
        }
        return length;
    }

    private void shortened(int from, int to, int most, Reader reader) {
        int length = 0;
        for (int i = from; i < to; i++) {
            int symbol = words.text().letter(i);
            boolean same = true;
            for (int back = 1; back <= most; back++) {
                same &= length >= back && buffer[length - back] == symbol;
            }
            if (symbol != '\'' && !same) {
                buffer[length++] = symbol;
            }
        }
        reader.read(buffer, length);
    }

    private static int undisguised(int symbol, char upright) {
        return switch (symbol) {
            case '0' -> 'o';
            case '1', '!', '|' -> upright;
            case '3', '€' -> 'e';
            case '4', '@' -> 'a';
            case '5', '$' -> 's';
            case '7' -> 't';
            case '8' -> 'b';
            default -> symbol;
        };
    }
}
