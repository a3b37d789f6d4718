package dev.parley.billing.business.metering;

import org.jspecify.annotations.Nullable;

/**
 * Who used a model, and for what.
 *
 * @param apiKey the API key that was presented, if it was one
 * @param conversation the conversation that the call belongs to, if any
 */
public record Consumer(
        OrganizationId organization,
        SubjectId subject,
        @Nullable ApiKeyId apiKey,
        @Nullable ConversationId conversation) {}
