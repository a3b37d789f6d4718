package dev.parley.gateway.business.admission;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a call is made for, as its usage record says. */
public enum Purpose {
    /** A client's chat completion. */
    CHAT,
    /** A turn of a conversation. */
    TURN,
    /** A summary that a background worker has made. */
    SUMMARY,
    /** A conversation's title. */
    TITLE;

    /** The contract's spelling. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Purpose> of(String text) {
        return Arrays.stream(values()).filter(purpose -> purpose.text().equals(text)).findFirst();
    }
}
