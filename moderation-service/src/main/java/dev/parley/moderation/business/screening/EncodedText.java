package dev.parley.moderation.business.screening;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text that stands in a text in base64, where a person does not read it but a model does. */
final class EncodedText {
    private static final int SHORTEST = 24;
    private static final int LONGEST = 16_384;
    private static final int MOST = 8;

    private EncodedText() {}

    static List<String> hiddenIn(String text) {
        List<String> found = new ArrayList<>(0);
        int start = 0;
        for (int at = 0; at <= text.length() && found.size() < MOST; at++) {
            if (at == text.length() || !encodes(text.charAt(at))) {
                if (at - start >= SHORTEST) {
                    decode(text, start, Math.min(at, start + LONGEST), found);
                }
                start = at + 1;
            }
        }
        return found;
    }

    private static void decode(String text, int start, int end, List<String> found) {
        String run = text.substring(start, start + (end - start) / 4 * 4);
        try {
            byte[] bytes = Base64.getDecoder().decode(run.replace('-', '+').replace('_', '/'));
            String decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            long readable =
                    decoded.chars().filter(c -> Character.isLetterOrDigit(c) || c == ' ').count();
            if (readable * 10 >= decoded.length() * 8L && decoded.indexOf(' ') >= 0) {
                found.add(decoded);
            }
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            // Most long runs of letters are just that.
            return;
        }
    }

    private static boolean encodes(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }
}
