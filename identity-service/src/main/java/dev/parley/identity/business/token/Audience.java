package dev.parley.identity.business.token;

import java.util.Arrays;
import java.util.Optional;

/** Who a token is meant for. */
public enum Audience {
    /** The public endpoints. */
    CLIENTS("parley"),
    /** What services ask of each other. */
    SERVICES("parley-internal");

    private final String text;

    Audience(String text) {
        this.text = text;
    }

    /** The claim {@code aud}. */
    public String text() {
        return text;
    }

    public static Optional<Audience> parse(String text) {
        return Arrays.stream(values()).filter(audience -> audience.text.equals(text)).findFirst();
    }
}
