package dev.parley.moderation.business.screening;

import java.text.Normalizer;

/**
 * How one code point is read, whatever disguise it wears: its compatibility form (NFKD) without
 * marks, and beyond that in lower case with the look-alikes of other scripts as Latin letters
 * (after Unicode TR 39). Code points are folded one by one, so that a text folds the same however
 * it is cut into pieces.
 */
final class Folding {
    /** Not seen by a reader: format characters, marks, fillers. */
    static final int INVISIBLE = -1;

    private static final int PAGE = 256;
    private static final int[][] SHAPES = new int[0x1FA][];
    private static final int[][] LETTERS = new int[0x1FA][];

    /** Several symbols for one code point are kept as {@code -2 - index} into this. */
    private static final int[][] EXPANSIONS = new int[4096][];

    private static int expansions;

    private static final String[] LOOK_ALIKES = {
        "АВЕКМНОРСТХУЅІЈԌԚԜҮԞ", "abekmhopctxysijgqwye",
        "аесорхуѕіјԁһӏкмтвнгԛԝүъ", "aecopxysijdhlkmtbhrqwyb",
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϺ", "abezhikmnoptyxcm",
        "αβγεικνορτυχωηϲ", "abyeikvoptuxwnc",
        "օսհոցԱՏԼ", "ouhngusl",
        "ıɑɡɩøđħłŧʟɪʀʏɴɢʙʜƅƒɓɗɠƙɲƥƭⱱɨʉ", "iagiodhltliryngbhbfbdgknptviu",
        "ᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜰꜱᴨᴦ", "acdejkmoptuvwzfsnr",
        "‐‑‒–—―−˗", "--------",
        "’‘ʼ＇`´ʹ", "'''''''",
    };

    static {
        for (int page = 0; page < 0x30; page++) {
            fill(page);
        }
        for (int page : new int[] {0x30, 0xA7, 0xFB, 0xFE, 0xFF, 0x1D4, 0x1D5, 0x1D6, 0x1D7}) {
            fill(page);
        }
        fill(0x1F1);
        for (int pair = 0; pair < LOOK_ALIKES.length; pair += 2) {
            int[] from = LOOK_ALIKES[pair].codePoints().toArray();
            for (int i = 0; i < from.length; i++) {
                int to = LOOK_ALIKES[pair + 1].charAt(i);
                set(LETTERS, from[i], to);
                if (!Character.isLetter(to)) {
                    set(SHAPES, from[i], to);
                }
            }
        }
        for (int i = 0; i < 26; i++) {
            // Negative circled and squared letters have no compatibility form.
            set(LETTERS, 0x1F150 + i, 'a' + i);
            set(LETTERS, 0x1F170 + i, 'a' + i);
        }
        set(LETTERS, 'ß', expansion(new int[] {'s', 's'}));
        set(LETTERS, 'ẞ', expansion(new int[] {'s', 's'}));
        set(LETTERS, 'æ', expansion(new int[] {'a', 'e'}));
        set(LETTERS, 'Æ', expansion(new int[] {'a', 'e'}));
        set(LETTERS, 'œ', expansion(new int[] {'o', 'e'}));
        set(LETTERS, 'Œ', expansion(new int[] {'o', 'e'}));
        // A second pass: letters whose base is itself a look-alike (ё, й, ό).
        for (int page = 0; page < 0x30; page++) {
            for (int low = 0; low < PAGE; low++) {
                int letter = LETTERS[page][low];
                if (letter > 0x7F && letter != (page << 8 | low)) {
                    LETTERS[page][low] = lettersOf(letter);
                }
            }
        }
    }

    private Folding() {}

    /** With case kept; a code point, {@link #INVISIBLE}, or below that an expansion. */
    static int shapeOf(int codePoint) {
        int[] page = codePoint >> 8 < SHAPES.length ? SHAPES[codePoint >> 8] : null;
        if (page != null) {
            return page[codePoint & 0xFF];
        }
        return invisible(codePoint) ? INVISIBLE : codePoint;
    }

    /** Without case, as Latin where it looks so; invisible where {@link #shapeOf} is. */
    static int lettersOf(int codePoint) {
        int[] page = codePoint >> 8 < LETTERS.length ? LETTERS[codePoint >> 8] : null;
        return page != null ? page[codePoint & 0xFF] : Character.toLowerCase(codePoint);
    }

    static int[] expanded(int reference) {
        return EXPANSIONS[-2 - reference];
    }

    private static void fill(int page) {
        int[] shapes = new int[PAGE];
        int[] letters = new int[PAGE];
        for (int low = 0; low < PAGE; low++) {
            int codePoint = page << 8 | low;
            int[] form = compatible(codePoint);
            int[] lower = form.clone();
            for (int i = 0; i < lower.length; i++) {
                lower[i] = Character.toLowerCase(lower[i]);
            }
            shapes[low] = reference(form);
            letters[low] = reference(lower);
        }
        SHAPES[page] = shapes;
        LETTERS[page] = letters;
    }

    private static int[] compatible(int codePoint) {
        if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
            return new int[] {codePoint};
        }
        return Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD)
                .codePoints()
                .filter(part -> !invisible(part))
                .toArray();
    }

    private static int reference(int[] form) {
        return switch (form.length) {
            case 0 -> INVISIBLE;
            case 1 -> form[0];
            default -> expansion(form);
        };
    }

    private static int expansion(int[] form) {
        EXPANSIONS[expansions] = form;
        return -2 - expansions++;
    }

    private static void set(int[][] table, int codePoint, int value) {
        int[] page = table[codePoint >> 8];
        if (page != null) {
            page[codePoint & 0xFF] = value;
        }
    }

    private static boolean invisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            case Character.CONTROL -> !Character.isWhitespace(codePoint) && codePoint != 0x85;
            default ->
                    codePoint == 0x115F
                            || codePoint == 0x1160
                            || codePoint == 0x3164
                            || codePoint == 0xFFA0;
        };
    }
}
