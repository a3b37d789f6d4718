package dev.parley.gateway.business.provider;

import dev.parley.gateway.business.generation.FinishReason;
import dev.parley.gateway.business.generation.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What a provider sends: any number of texts, one token each, then one end. */
public sealed interface ProviderEvent {
    record Text(String text) implements ProviderEvent {}

    /**
     * The last.
     *
     * @param usage the provider's counts, or null when it does not tell them
     */
    record End(FinishReason reason, @Nullable TokenUsage usage) implements ProviderEvent {}
}
