package dev.parley.billing.business.quota;

import org.jspecify.annotations.Nullable;

/**
 * How much may be used in a window.
 *
 * @param hard the most that is allowed; null when unlimited
 * @param soft where a warning begins; null when there is none
 */
public record Limit(
        LimitScope scope,
        Unit unit,
        WindowLength window,
        @Nullable Long hard,
        @Nullable Long soft) {

    public Limit {
        if ((hard != null && hard < 0) || (soft != null && soft < 0)) {
            throw new IllegalArgumentException("a limit is not negative: " + hard + ", " + soft);
        }
        if (hard != null && soft != null && soft > hard) {
            throw new IllegalArgumentException("soft " + soft + " lies above hard " + hard);
        }
    }

    /** For example {@code requests_per_minute}. */
    public String name() {
        return unit.label() + "_per_" + window.label();
    }
}
