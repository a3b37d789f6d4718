package dev.parley.gateway.business.model;

/** The length of text as UTF-8, without encoding it. */
public final class Utf8 {
    private Utf8() {}

    /** In bytes; half of a surrogate pair counts as half of its four. */
    public static long lengthOf(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
