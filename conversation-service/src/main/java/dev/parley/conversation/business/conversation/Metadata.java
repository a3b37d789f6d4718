package dev.parley.conversation.business.conversation;

import java.util.Map;

/** What a caller attaches for itself: at most 16 pairs, keys of 64 and values of 512 characters. */
public record Metadata(Map<String, String> pairs) {
    public static final Metadata NONE = new Metadata(Map.of());
    public static final int MOST_PAIRS = 16;
    public static final int LONGEST_KEY = 64;
    public static final int LONGEST_VALUE = 512;

    public Metadata {
        if (pairs.size() > MOST_PAIRS) {
            throw new IllegalArgumentException("more than " + MOST_PAIRS + " pairs");
        }
        pairs.forEach(
                (key, value) -> {
                    if (key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
                        throw new IllegalArgumentException("a key or value is too long");
                    }
                });
        pairs = Map.copyOf(pairs);
    }
}
