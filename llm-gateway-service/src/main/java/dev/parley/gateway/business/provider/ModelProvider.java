package dev.parley.gateway.business.provider;

import java.util.concurrent.Flow;

/** Whatever runs the models. */
public interface ModelProvider {
    /**
     * A call that begins with its subscription and is broken off when that is cancelled. It fails
     * with a {@link ProviderFailure}; after an {@link ProviderEvent.End} it completes.
     */
    Flow.Publisher<ProviderEvent> generate(ProviderRequest request);

    /** The provider's name for callers and records. */
    String name();
}
