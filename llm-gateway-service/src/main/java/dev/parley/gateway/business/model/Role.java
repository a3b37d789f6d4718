package dev.parley.gateway.business.model;

import java.util.Locale;

/** Who speaks in a message of a prompt. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT;

    /** The contract's spelling. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
