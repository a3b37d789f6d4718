package dev.parley.gateway.storage.provider;

import dev.parley.platform.telemetry.Tracing;
import dev.parley.platform.web.RequestIds;
import io.quarkiverse.langchain4j.ollama.OllamaRestApi;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/**
 * What {@code OllamaClient} offers no setting for: the size of its connection pool, 50 by default
 * and so a bound on open streams, and a header per call. Found as a service when the client is
 * built.
 */
@RegisterForReflection
public final class OllamaConnections implements RestClientListener {
    private static final int DEFAULT_CONNECTIONS = 2_000;

    @Override
    public void onNewClient(Class<?> type, RestClientBuilder builder) {
        if (type == OllamaRestApi.class) {
            int connections =
                    ConfigProvider.getConfig()
                            .getOptionalValue("parley.provider.connections", Integer.class)
                            .orElse(DEFAULT_CONNECTIONS);
            builder.property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, connections);
            // The client closes a stream's connection when it ends, in a race with whoever has just
            // got it from the pool (Quarkus, MultiInvoker): so no connection goes back there.
            builder.property(QuarkusRestClientProperties.KEEP_ALIVE_ENABLED, false);
            builder.register(new CallIds());
        }
    }

    /** Sends the call's id and our span as the parent of the provider's. */
    public static final class CallIds implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            if (OllamaCall.CURRENT.isBound()) {
                OllamaCall call = OllamaCall.CURRENT.get();
                call.sentBy(request);
                request.getHeaders().putSingle("x-request-id", call.id());
            }
            if (!Tracing.on()) {
                request.getHeaders().putSingle("traceparent", RequestIds.traceparent());
            }
        }
    }
}
