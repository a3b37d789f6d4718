package dev.parley.platform.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was done or refused; opaque ids and codes, never a text.
 *
 * @param action a resource and a verb, such as {@code file.delete}
 * @param resourceType what it was done to, such as {@code file}
 * @param resourceId its opaque id, or null when it has none (yet)
 * @param references opaque ids of what else it concerns, by the member's name in the event
 */
public record Deed(
        String action,
        String resourceType,
        @Nullable String resourceId,
        AuditOutcome outcome,
        Map<String, String> references) {
    public Deed {
        references = Map.copyOf(references);
    }

    public static Deed done(String action, String resourceType, @Nullable String resourceId) {
        return new Deed(action, resourceType, resourceId, AuditOutcome.ALLOWED, Map.of());
    }

    public static Deed refused(
            String action, String resourceType, @Nullable String resourceId, String code) {
        return new Deed(action, resourceType, resourceId, new AuditOutcome.Refused(code), Map.of());
    }

    /** The same deed, which concerns something else, too. */
    public Deed concerning(String name, @Nullable String id) {
        return id == null
                ? this
                : new Deed(action, resourceType, resourceId, outcome, Map.of(name, id));
    }
}
