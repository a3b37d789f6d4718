package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.OrganizationId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which records of an organization are wanted; null asks for any.
 *
 * @param actor a subject or an API key
 * @param resource a resource's id or its type
 */
public record AuditQuestion(
        OrganizationId organization,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String resource,
        @Nullable String conversation,
        @Nullable String trace,
        Window window) {

    /**
     * Which part of the list.
     *
     * @param from the record next to which it begins, or null for the list's beginning
     * @param ascending oldest first
     * @param backwards towards the list's beginning, in the list's order all the same
     */
    public record Window(int limit, @Nullable UUID from, boolean ascending, boolean backwards) {}
}
