package dev.parley.gateway.business.generation;

import java.util.Locale;

/** Why an answer that was not cut is over. */
public enum FinishReason {
    STOP,
    LENGTH,
    CONTENT_FILTER;

    /** The contract's spelling. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the usage record says. */
    public Ending ending() {
        return switch (this) {
            case STOP -> Ending.STOP;
            case LENGTH -> Ending.LENGTH;
            case CONTENT_FILTER -> Ending.CONTENT_FILTER;
        };
    }
}
