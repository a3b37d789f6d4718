package dev.parley.gateway.storage.provider;

import dev.parley.gateway.storage.model.ProviderKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Which provider there is and how it is reached. */
@ConfigMapping(prefix = "parley.provider")
public interface ProviderSettings {
    /** {@code ollama} or {@code simulated}. */
    @WithDefault("ollama")
    ProviderKind kind();

    /** The address at which Ollama's protocol is spoken. */
    @WithDefault("${quarkus.langchain4j.ollama.base-url:http://localhost:11434}")
    String url();

    /** The most connections, and so the most calls, of a replica to the provider. */
    @WithDefault("2000")
    int connections();

    /** Hands the kind on to the catalogue. */
    @ApplicationScoped
    class Kinds {
        @Produces
        ProviderKind kind(ProviderSettings settings) {
            return settings.kind();
        }
    }
}
