package dev.parley.platform.web;

import dev.parley.platform.telemetry.TraceTags;
import dev.parley.platform.telemetry.Tracing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.function.BiConsumer;

/** Sends the request's id and trace along with every internal call (register it on the client). */
public class PropagateIds implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext call) {
        if (!call.getHeaders().containsKey("x-request-id")) {
            call.getHeaders().putSingle("x-request-id", RequestIds.requestIdOrNew());
        }
        headers((name, value) -> call.getHeaders().putSingle(name, value));
    }

    /** The trace's headers of a call to another of our services, whatever client makes it. */
    public static void headers(BiConsumer<String, String> headers) {
        if (Tracing.on()) {
            // The client's own span is the parent, and Vert.x tells of it.
            String tags = TraceTags.current();
            if (tags != null) {
                headers.accept("baggage", tags);
            }
        } else {
            headers.accept("traceparent", RequestIds.traceparent());
        }
    }
}
