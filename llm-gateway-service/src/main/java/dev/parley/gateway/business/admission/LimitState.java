package dev.parley.gateway.business.admission;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One limit after a reservation, as usage-billing tells it.
 *
 * @param unit {@code requests} or {@code tokens}
 * @param window {@code minute}, {@code hour}, {@code day} or {@code month}
 * @param hard the most that is allowed; null when unlimited
 * @param soft where warnings begin, or null
 * @param remaining what is left of {@code hard}; null when unlimited
 */
public record LimitState(
        String name,
        String unit,
        String window,
        String scope,
        @Nullable Long hard,
        @Nullable Long soft,
        long used,
        @Nullable Long remaining,
        Instant resetsAt) {}
