package dev.parley.gateway.storage.model;

import dev.parley.gateway.business.model.Tokenizer;
import java.util.Locale;

/** What speaks Ollama's protocol at the configured address. */
public enum ProviderKind {
    /** Ollama itself: models of any vocabulary. */
    OLLAMA(Tokenizer.BYTES),
    /** The simulated provider, whose tokens are words. */
    SIMULATED(Tokenizer.WHITESPACE);

    private final Tokenizer tokenizer;

    ProviderKind(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The name in the catalogue, in records and in headers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }
}
