package dev.parley.gateway.business.model;

import java.util.List;

/** Asks the provider which models it has. */
public interface ModelDiscovery {
    /**
     * The provider's models.
     *
     * @throws ProviderUnreachable when it does not answer
     */
    List<DiscoveredModel> discover();

    /** The provider did not tell; the catalogue stays as it is. */
    final class ProviderUnreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ProviderUnreachable(Throwable cause) {
            super(cause);
        }
    }
}
