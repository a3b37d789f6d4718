package dev.parley.platform.web;

import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a request says that may be made again, byte by byte, for {@link
 * RepeatedRequests#currentHash}. It reads after {@link BodyLimit} has bounded the body.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class BodyHash implements ReaderInterceptor {
    private static final String LOCAL = "parley.body-hash";

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext request) throws IOException {
        MultivaluedMap<String, String> headers = request.getHeaders();
        if ((headers.containsKey(RepeatedRequests.IDEMPOTENCY_KEY)
                        || headers.containsKey(RepeatedRequests.RETRY_COUNT))
                && Vertx.currentContext() instanceof ContextInternal context
                && context.isDuplicate()) {
            byte[] body = request.getInputStream().readAllBytes();
            context.putLocal(
                    LOCAL, RepeatedRequests.hash(String.valueOf(RequestIds.currentPath()), body));
            request.setInputStream(new ByteArrayInputStream(body));
        }
        return request.proceed();
    }

    /** That of the current request, or null where nothing was remembered. */
    static @Nullable String current() {
        return Vertx.currentContext() instanceof ContextInternal context && context.isDuplicate()
                ? context.<String>getLocal(LOCAL)
                : null;
    }
}
