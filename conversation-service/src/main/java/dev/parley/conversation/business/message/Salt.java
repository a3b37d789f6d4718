package dev.parley.conversation.business.message;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** 128 random bits that keep a hash of short text from being guessed back. */
public record Salt(String hex) {
    private static final int BYTES = 16;

    public static Salt random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Salt(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
