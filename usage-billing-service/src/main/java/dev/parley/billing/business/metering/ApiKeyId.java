package dev.parley.billing.business.metering;

/** An API key, as identity-service names it. */
public record ApiKeyId(String value) {
    public ApiKeyId {
        Names.check(value);
    }
}
