package dev.parley.billing.business.audit;

/** The {@code x-request-id} of a request. */
public record RequestId(String value) {
    public RequestId {
        Words.check(value);
    }
}
