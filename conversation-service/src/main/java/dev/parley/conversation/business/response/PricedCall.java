package dev.parley.conversation.business.response;

import dev.parley.conversation.business.message.ResponseId;

/** What one call of a model for a turn used and cost, as usage-billing has charged it. */
public record PricedCall(
        String eventId, ResponseId response, String organization, Cost cost, TokenUsage usage) {}
