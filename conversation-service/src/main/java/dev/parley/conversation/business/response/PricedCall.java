package dev.parley.conversation.business.response;

import dev.parley.conversation.business.message.ResponseId;

/**
 * What one call of a model for a turn used and cost, as usage-billing has charged it.
 *
 * @param call the gateway's id of the call; what comes later for the same one replaces this
 */
public record PricedCall(
        String eventId,
        String call,
        ResponseId response,
        String organization,
        Cost cost,
        TokenUsage usage) {}
