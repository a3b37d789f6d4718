package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.SubjectId;
import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param subject null when nobody is known
 * @param apiKey the key that spoke for the subject, or null
 * @param client what carried the wish, or null
 */
public record Actor(
        @Nullable SubjectId subject, @Nullable ApiKeyId apiKey, @Nullable ClientName client) {}
