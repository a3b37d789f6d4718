package dev.parley.conversation.storage.context;

import dev.parley.conversation.business.context.ContextPolicy;
import dev.parley.conversation.business.context.ModelWindow;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Configuration of the column context. */
@ConfigMapping(prefix = "parley.context")
public interface ContextConfig {
    /** The window, in tokens, of a model that the gateway's catalogue does not name. */
    @WithDefault("8192")
    long unknownModelWindow();

    /** What is reserved for its output, in tokens. */
    @WithDefault("1024")
    long unknownModelOutput();

    /** How long the gateway's catalogue of models is believed. */
    @WithDefault("10s")
    Duration catalogueTimeToLive();

    /** How long the first turns wait for the catalogue. */
    @WithDefault("1s")
    Duration catalogueTimeout();

    /** How often the gateway is asked whether its catalogue has changed. */
    @WithDefault("1s")
    Duration changePollInterval();

    /** Makes the policy of it. */
    final class Policies {
        private Policies() {}

        @Produces
        @Singleton
        static ContextPolicy policy(ContextConfig config) {
            return new ContextPolicy(
                    new ModelWindow(config.unknownModelWindow(), config.unknownModelOutput()));
        }
    }
}
