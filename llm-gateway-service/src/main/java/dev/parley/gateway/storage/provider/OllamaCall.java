package dev.parley.gateway.storage.provider;

import io.vertx.core.http.HttpClientRequest;
import jakarta.ws.rs.client.ClientRequestContext;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request of one call. The client breaks off an answer that has begun when its subscriber
 * cancels, but waits for one that has not: such a request is reset here.
 */
final class OllamaCall {
    /** The call that is being sent; filters run in the thread that sends. */
    static final ScopedValue<OllamaCall> CURRENT = ScopedValue.newInstance();

    private final String id;
    private volatile @Nullable RestClientRequestContext context;

    OllamaCall(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    void sentBy(ClientRequestContext request) {
        if (request instanceof ResteasyReactiveClientRequestContext reactive) {
            context = reactive.unwrap(RestClientRequestContext.class);
        }
    }

    /** Resets a request that waits for its answer; false when there is none to reset. */
    boolean reset() {
        RestClientRequestContext sent = context;
        if (sent == null || sent.getVertxClientResponse() != null) {
            return false;
        }
        sent.setUserCanceled();
        HttpClientRequest request = sent.getHttpClientRequest();
        return request != null && request.reset();
    }
}
