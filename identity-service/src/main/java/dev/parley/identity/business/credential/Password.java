package dev.parley.identity.business.credential;

import java.text.Normalizer;

/** A password in clear text, in Unicode's NFC (RFC 8265); lives as long as its request. */
public record Password(String value) {
    /** The longest that is hashed at all, so that length cannot buy our processor's time. */
    public static final int LONGEST = 512;

    public Password {
        value = Normalizer.normalize(value, Normalizer.Form.NFC);
    }

    /** Characters, as people count them. */
    public int length() {
        return value.codePointCount(0, value.length());
    }

    public boolean isTooLongToCheck() {
        return value.length() > LONGEST;
    }

    @Override
    public String toString() {
        return "Password[…]";
    }
}
