package dev.parley.billing.business.audit;

/** The OAuth client or the service that carried a wish. */
public record ClientName(String value) {
    public ClientName {
        Words.check(value);
    }
}
