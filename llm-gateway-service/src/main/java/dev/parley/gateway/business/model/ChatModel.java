package dev.parley.gateway.business.model;

import java.time.Instant;
import java.util.Set;

/**
 * A model of the catalogue.
 *
 * @param id its name for callers, and the provider's name for it
 * @param provider who runs it: {@code ollama} or {@code simulated}
 * @param contextWindow input and output together cannot be more
 * @param defaultOutput what is granted to a caller who asks for no number
 */
public record ChatModel(
        ModelId id,
        String provider,
        Tier tier,
        Tokens contextWindow,
        Tokens defaultOutput,
        Set<Capability> capabilities,
        Tokenizer tokenizer,
        Instant createdAt) {

    public ChatModel {
        capabilities = Set.copyOf(capabilities);
    }

    public boolean takes(Capability capability) {
        return capabilities.contains(capability);
    }
}
