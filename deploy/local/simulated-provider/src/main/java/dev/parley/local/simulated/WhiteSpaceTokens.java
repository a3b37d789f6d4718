package dev.parley.local.simulated;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokenizer: a token is a run of characters that are not white space ({@link
 * Character#isWhitespace}), together with the white space before it.
 */
final class WhiteSpaceTokens {
    private WhiteSpaceTokens() {}

    static int count(String text) {
        int tokens = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean white = Character.isWhitespace(text.charAt(i));
            if (!white && !inside) {
                tokens++;
            }
            inside = !white;
        }
        return tokens;
    }

    /** The text's tokens, which joined give the text again. */
    static List<String> split(String text) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        int end = 0;
        while (end < text.length()) {
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            tokens.add(text.substring(start, end));
            start = end;
        }
        return tokens;
    }
}
