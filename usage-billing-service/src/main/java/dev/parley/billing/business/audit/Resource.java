package dev.parley.billing.business.audit;

import org.jspecify.annotations.Nullable;

/**
 * What something was done to.
 *
 * @param type such as {@code api_key}
 * @param id its opaque id, or null when it has none
 */
public record Resource(String type, @Nullable String id) {
    public Resource {
        Words.check(type);
        if (id != null) {
            Words.check(id);
        }
    }
}
