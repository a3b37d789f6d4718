package dev.parley.billing.business.quota;

import java.util.Locale;
import java.util.Optional;

/** Whether a subscription may be used. */
public enum SubscriptionStatus {
    ACTIVE,
    SUSPENDED,
    CANCELLED;

    /** The public spelling. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SubscriptionStatus> parse(String text) {
        return switch (text) {
            case "active" -> Optional.of(ACTIVE);
            case "suspended" -> Optional.of(SUSPENDED);
            case "cancelled" -> Optional.of(CANCELLED);
            default -> Optional.empty();
        };
    }
}
