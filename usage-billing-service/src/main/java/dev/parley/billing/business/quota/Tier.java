package dev.parley.billing.business.quota;

import java.util.Locale;
import java.util.Optional;

/** The class of a model; a plan allows one or both. */
public enum Tier {
    STANDARD,
    PREMIUM;

    /** The public spelling. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Tier> parse(String text) {
        return switch (text) {
            case "standard" -> Optional.of(STANDARD);
            case "premium" -> Optional.of(PREMIUM);
            default -> Optional.empty();
        };
    }
}
