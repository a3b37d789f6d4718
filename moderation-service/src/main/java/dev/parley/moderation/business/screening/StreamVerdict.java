package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import java.util.Set;

/** What of a stream's pending text may be shown. */
public sealed interface StreamVerdict {
    /**
     * The beginning of the pending text is settled.
     *
     * @param action {@code ALLOW}, {@code FLAG} or {@code REDACT}
     * @param release how many UTF-16 units of the pending text are settled
     * @param text what to show for them
     */
    record Released(Action action, int release, String text, Set<Category> categories)
            implements StreamVerdict {
        public Released {
            categories = Set.copyOf(categories);
        }
    }

    /**
     * Nothing more of the stream may be shown.
     *
     * @param reasons labels of categories, or {@code pii}
     */
    record Stopped(Set<String> reasons) implements StreamVerdict {
        public Stopped {
            reasons = Set.copyOf(reasons);
        }
    }
}
