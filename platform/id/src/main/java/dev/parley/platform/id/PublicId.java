package dev.parley.platform.id;

import java.util.Optional;
import java.util.UUID;

/**
 * The public spelling of an id: a type prefix such as {@code conv_} and 32 lower-case hex digits.
 */
public final class PublicId {
    private static final int HEX_DIGITS = 32;

    private PublicId() {}

    /** Spells an id, for example {@code conv_0198…}. */
    public static String format(String prefix, UUID id) {
        StringBuilder text = new StringBuilder(prefix.length() + HEX_DIGITS).append(prefix);
        appendHex(text, id.getMostSignificantBits());
        appendHex(text, id.getLeastSignificantBits());
        return text.toString();
    }

    /**
     * Reads an id; empty unless {@code text} is exactly the prefix and 32 lower-case hex digits.
     */
    public static Optional<UUID> parse(String prefix, String text) {
        int start = prefix.length();
        if (text.length() != start + HEX_DIGITS || !text.startsWith(prefix)) {
            return Optional.empty();
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return Optional.empty();
            }
        }
        long most = Long.parseUnsignedLong(text, start, start + 16, 16);
        long least = Long.parseUnsignedLong(text, start + 16, start + HEX_DIGITS, 16);
        return Optional.of(new UUID(most, least));
    }

    private static void appendHex(StringBuilder text, long bits) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
        }
    }
}
