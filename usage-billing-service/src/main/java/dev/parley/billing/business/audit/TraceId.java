package dev.parley.billing.business.audit;

/** The id of a W3C trace. */
public record TraceId(String value) {
    public TraceId {
        Words.check(value);
    }
}
