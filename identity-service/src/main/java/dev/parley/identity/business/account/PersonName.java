package dev.parley.identity.business.account;

import java.text.Normalizer;
import java.util.Optional;

/** What a person wants to be called: 1 to 200 characters, without control characters. */
public record PersonName(String value) {
    private static final int LONGEST = 200;

    public PersonName {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a name");
        }
    }

    /** Reads what a person typed; empty when it is blank, too long or holds control characters. */
    public static Optional<PersonName> parse(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        return isWellFormed(name) ? Optional.of(new PersonName(name)) : Optional.empty();
    }

    private static boolean isWellFormed(String name) {
        return !name.isBlank()
                && name.codePointCount(0, name.length()) <= LONGEST
                && name.codePoints().noneMatch(Character::isISOControl);
    }
}
