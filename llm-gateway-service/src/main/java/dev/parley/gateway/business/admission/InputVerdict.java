package dev.parley.gateway.business.admission;

import java.util.List;

/** moderation's verdict about an input. */
public sealed interface InputVerdict {
    /**
     * It may go on, flagged or not.
     *
     * @param failOpen whether the output may be shown unchecked when it cannot be checked
     */
    record Allowed(boolean failOpen) implements InputVerdict {}

    record Blocked(List<String> categories) implements InputVerdict {
        public Blocked {
            categories = List.copyOf(categories);
        }
    }
}
