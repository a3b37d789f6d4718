package dev.parley.billing.business.metering;

/** A response (a turn), as conversation-service names it. */
public record ResponseId(String value) {
    public ResponseId {
        Names.check(value);
    }
}
