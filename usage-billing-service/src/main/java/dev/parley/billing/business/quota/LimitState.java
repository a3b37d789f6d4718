package dev.parley.billing.business.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit and how much of its current window is used or reserved.
 *
 * @param resetsAt when the window ends
 */
public record LimitState(Limit limit, Instant resetsAt, long used) {

    /** What is left; null when unlimited. Never negative, though late usage may overdraw. */
    public @Nullable Long remaining() {
        return limit.hard() == null ? null : Math.max(0, limit.hard() - used);
    }

    /** Whether so much more stays within the hard limit. */
    public boolean admits(long amount) {
        return limit.hard() == null || amount <= limit.hard() - used;
    }

    public boolean isPastSoftLimit() {
        return limit.soft() != null && used > limit.soft();
    }

    public LimitState plus(long amount) {
        return new LimitState(limit, resetsAt, Math.addExact(used, amount));
    }
}
