package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;
import java.util.List;

/**
 * The armour line that opens a private key (RFC 7468; OpenSSH's and PGP's too). It is a match as
 * soon as it has named one, for nobody may wait for the key itself.
 */
final class PrivateKeys implements EntityDetector {
    private static final String OPENING = "-----BEGIN ";
    private static final List<String> KINDS =
            List.of("", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ", "PGP ");
    private static final String CLOSING = "PRIVATE KEY";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    @Override
    public EntityType type() {
        return EntityType.PRIVATE_KEY;
    }

    @Override
    public boolean beginsWith(int previous, int symbol) {
        return symbol == '-' && previous != '-';
    }

    @Override
    public int match(EntityWindow window, int start) {
        int afterOpening = read(window, start, OPENING);
        if (afterOpening == NONE) {
            return NONE;
        }
        for (String kind : KINDS) {
            int afterKind = read(window, afterOpening, kind);
            int end = afterKind == NONE ? NONE : read(window, afterKind, CLOSING);
            if (end != NONE) {
                return end;
            }
        }
        return NONE;
    }

    /**
     * Where the key ends that an armour line opens, in the original: behind the line that closes
     * it, or with the text.
     *
     * @param opened where the match of the opening line ends, in the original
     */
    static int endOfKey(FoldedText text, int opened) {
        EntityWindow whole = new EntityWindow(text, true);
        whole.moveBehind();
        for (int at = text.symbolAt(opened); at < text.length(); at++) {
            int label = read(whole, at, END);
            if (label != NONE) {
                int end = endOfLine(whole, label);
                if (end != NONE) {
                    return text.end(end - 1);
                }
            }
        }
        return text.original().length();
    }

    /** Behind the dashes that close a line about a private key. */
    private static int endOfLine(EntityWindow whole, int label) {
        boolean named = false;
        for (int at = label; whole.at(at) != EntityWindow.END && whole.at(at) != '\n'; at++) {
            named |= read(whole, at, CLOSING) != NONE;
            int behind = read(whole, at, DASHES);
            if (behind != NONE) {
                return named ? behind : NONE;
            }
        }
        return NONE;
    }

    private static int read(EntityWindow window, int start, String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (window.at(start + i) != expected.charAt(i)) {
                return NONE;
            }
        }
        return start + expected.length();
    }
}
