package dev.parley.gateway.business.admission;

/** The id of one call of a model, {@code chatcmpl-…} or {@code gen_…}; the provider sees it too. */
public record CallId(String value) {
    public CallId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank call id");
        }
    }
}
