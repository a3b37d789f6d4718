package dev.parley.conversation.business.context;

/**
 * A cheap estimate of how many tokens a text takes: a quarter of its UTF-8 bytes, and never less
 * than its words. The provider's own count decides what is billed; this only decides what fits.
 */
public final class TokenEstimate {
    public static final String VERSION = "bytes-and-words.v1";

    /** What a message costs beside its text. */
    public static final int PER_MESSAGE = 4;

    private static final int BYTES_PER_TOKEN = 4;

    private TokenEstimate() {}

    public static int ofMessage(String text) {
        return of(text) + PER_MESSAGE;
    }

    public static int of(String text) {
        long bytes = 0;
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            boolean space = Character.isWhitespace(c);
            if (!space && !inWord) {
                words++;
            }
            inWord = !space;
        }
        return (int) Math.max(words, Math.ceilDiv(bytes, BYTES_PER_TOKEN));
    }
}
