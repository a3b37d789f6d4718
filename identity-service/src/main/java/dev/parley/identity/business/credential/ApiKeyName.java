package dev.parley.identity.business.credential;

import java.util.Optional;

/** What its maker calls an API key: 1 to 200 characters. */
public record ApiKeyName(String value) {
    private static final int LONGEST = 200;

    public ApiKeyName {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a name of a key");
        }
    }

    public static Optional<ApiKeyName> parse(String text) {
        String name = text.strip();
        return isWellFormed(name) ? Optional.of(new ApiKeyName(name)) : Optional.empty();
    }

    private static boolean isWellFormed(String name) {
        return !name.isBlank()
                && name.codePointCount(0, name.length()) <= LONGEST
                && name.codePoints().noneMatch(Character::isISOControl);
    }
}
