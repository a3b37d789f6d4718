package dev.parley.billing.business.metering;

/** A call of a model, as the gateway names it. */
public record CallId(String value) {
    public CallId {
        Names.check(value);
    }
}
