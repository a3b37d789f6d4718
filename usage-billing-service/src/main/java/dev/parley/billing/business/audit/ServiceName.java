package dev.parley.billing.business.audit;

/** The service that told, such as {@code identity-service}. */
public record ServiceName(String value) {
    public ServiceName {
        Words.check(value);
    }
}
