package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;
import java.util.List;

/** The armour line that opens a private key (RFC 7468; OpenSSH's and PGP's too). */
final class PrivateKeys implements EntityDetector {
    private static final String OPENING = "-----BEGIN ";
    private static final List<String> KINDS =
            List.of("", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ", "PGP ");
    private static final String CLOSING = "PRIVATE KEY";

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

    private static int read(EntityWindow window, int start, String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (window.at(start + i) != expected.charAt(i)) {
                return NONE;
            }
        }
        return start + expected.length();
    }
}
