package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;
import java.util.List;

/**
 * Secrets that announce themselves by a prefix of their issuer, and JSON web tokens. A match is
 * certain after its shortest length; whatever key characters follow belong to it.
 */
final class ApiKeys implements EntityDetector {
    /**
     * One issuer's keys.
     *
     * @param least how many key characters follow the prefix at least
     * @param upperOnly whether the rest is upper case and digits
     */
    private record Issuer(String prefix, int least, boolean upperOnly) {}

    private static final List<Issuer> ISSUERS =
            List.of(
                    new Issuer("sk-", 20, false),
                    new Issuer("sk_live_", 16, false),
                    new Issuer("sk_test_", 16, false),
                    new Issuer("rk_live_", 16, false),
                    new Issuer("AKIA", 16, true),
                    new Issuer("ASIA", 16, true),
                    new Issuer("ghp_", 30, false),
                    new Issuer("gho_", 30, false),
                    new Issuer("ghu_", 30, false),
                    new Issuer("ghs_", 30, false),
                    new Issuer("ghr_", 30, false),
                    new Issuer("github_pat_", 22, false),
                    new Issuer("glpat-", 20, false),
                    new Issuer("xoxb-", 16, false),
                    new Issuer("xoxp-", 16, false),
                    new Issuer("xoxa-", 16, false),
                    new Issuer("xoxs-", 16, false),
                    new Issuer("AIza", 35, false),
                    new Issuer("npm_", 36, false),
                    new Issuer("hf_", 30, false),
                    new Issuer("SG.", 22, false),
                    new Issuer("eyJhbGci", 10, false),
                    new Issuer("eyJ0eXAi", 10, false),
                    new Issuer("eyJraWQi", 10, false));

    /** Within how many characters a key shows a digit; words with hyphens do not. */
    private static final int DIGIT_WITHIN = 44;

    private static final boolean[] FIRST = new boolean[128];

    static {
        ISSUERS.forEach(issuer -> FIRST[issuer.prefix().charAt(0)] = true);
    }

    @Override
    public EntityType type() {
        return EntityType.API_KEY;
    }

    @Override
    public boolean beginsWith(int previous, int symbol) {
        return symbol < 128 && symbol > 0 && FIRST[symbol] && !EntityWindow.word(previous);
    }

    @Override
    public int match(EntityWindow window, int start) {
        for (Issuer issuer : ISSUERS) {
            if (begins(window, start, issuer.prefix())) {
                int end = match(window, start + issuer.prefix().length(), issuer);
                if (end != NONE) {
                    return end;
                }
            }
        }
        return NONE;
    }

    private static boolean begins(EntityWindow window, int start, String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            if (window.at(start + i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int match(EntityWindow window, int start, Issuer issuer) {
        boolean digit = false;
        int at = start;
        while (at - start < issuer.least() || (!digit && at - start < DIGIT_WITHIN)) {
            int symbol = window.at(at);
            boolean fits =
                    issuer.upperOnly()
                            ? EntityWindow.upper(symbol) || EntityWindow.digit(symbol)
                            : key(symbol);
            if (!fits) {
                return NONE;
            }
            digit |= EntityWindow.digit(symbol);
            at++;
        }
        return digit ? at : NONE;
    }

    @Override
    public boolean openEnded() {
        return true;
    }

    @Override
    public int goOn(EntityWindow window, int end) {
        int at = end;
        while (true) {
            int symbol = window.at(at);
            if (key(symbol)) {
                at++;
            } else if (symbol == '.' && key(window.at(at + 1))) {
                at += 2;
            } else {
                return at;
            }
        }
    }

    private static boolean key(int symbol) {
        return EntityWindow.latinOrDigit(symbol) || symbol == '_' || symbol == '-';
    }
}
