package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The fact that a text was blocked; the text itself is kept nowhere.
 *
 * @param id of the fact
 * @param subject whose text it was, or for whom it was written; as identity names it
 * @param reasons labels of categories, {@code injection}, {@code pii}
 * @param trace the W3C {@code traceparent} it belongs to
 */
public record BlockedContent(
        UUID id,
        OrganizationId organization,
        String subject,
        Optional<String> apiKey,
        Direction direction,
        Set<String> reasons,
        PolicyVersion policyVersion,
        Instant at,
        String trace) {
    public BlockedContent {
        reasons = Set.copyOf(reasons);
    }
}
