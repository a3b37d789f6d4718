package dev.parley.gateway.business.model;

/** The name by which callers ask for a model, such as {@code simulated}. */
public record ModelId(String value) {
    public ModelId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("blank model id");
        }
    }
}
