package dev.parley.billing.business.metering;

/** A conversation, as conversation-service names it. */
public record ConversationId(String value) {
    public ConversationId {
        Names.check(value);
    }
}
