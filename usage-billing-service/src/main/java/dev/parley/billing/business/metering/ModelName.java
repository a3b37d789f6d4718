package dev.parley.billing.business.metering;

/** A model, as the gateway's catalogue names it. */
public record ModelName(String value) {
    public ModelName {
        Names.check(value);
    }
}
