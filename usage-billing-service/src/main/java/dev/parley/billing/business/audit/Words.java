package dev.parley.billing.business.audit;

import java.util.regex.Pattern;

/** What every name, code and id has to look like before it is kept: one word, so never a text. */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private Words() {}

    static void check(String value) {
        if (!WORD.matcher(value).matches()) {
            throw new IllegalArgumentException("not a single word");
        }
    }
}
