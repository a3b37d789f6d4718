package dev.parley.conversation.business.response;

import org.jspecify.annotations.Nullable;

/**
 * How a turn is to be taken; null where the caller left it to us.
 *
 * @param maxOutputTokens at least 1
 * @param temperature 0 to 2
 * @param topP 0 to 1
 * @param safetyIdentifier the caller's own opaque id of its end user
 */
public record Settings(
        String model,
        @Nullable Long maxOutputTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        Truncation truncation,
        @Nullable String safetyIdentifier,
        @Nullable String promptCacheKey,
        @Nullable String user) {

    /** What happens to a path that is longer than the model's window. */
    public enum Truncation {
        /** Whole messages are left out, oldest first. */
        AUTO,
        /** The turn is refused. */
        DISABLED
    }
}
