package dev.parley.platform.web;

import org.jspecify.annotations.Nullable;

/** What any text that a client sends has to be: free of NUL and of lone surrogates. */
public final class Text {
    private Text() {}

    /** Why the text is refused, or null when it is well-formed. */
    public static @Nullable String faultOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "text holds a NUL character";
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "text holds a lone surrogate";
                }
                i++;
            } else if (Character.isLowSurrogate(c)) {
                return "text holds a lone surrogate";
            }
        }
        return null;
    }

    /** The text with what is refused in it as JSON's escapes, so that any answer may name it. */
    static String shown(String text) {
        if (faultOf(text) == null) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            if (c == 0 || (c <= 0xffff && Character.isSurrogate((char) c))) {
                                shown.append("\\u%04x".formatted(c));
                            } else {
                                shown.appendCodePoint(c);
                            }
                        });
        return shown.toString();
    }
}
