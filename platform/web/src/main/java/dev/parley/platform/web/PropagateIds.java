package dev.parley.platform.web;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/** Sends the request's id and trace along with every internal call (register it on the client). */
public class PropagateIds implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext call) {
        if (!call.getHeaders().containsKey("x-request-id")) {
            call.getHeaders().putSingle("x-request-id", RequestIds.requestIdOrNew());
        }
        if (!call.getHeaders().containsKey("traceparent")) {
            call.getHeaders().putSingle("traceparent", RequestIds.traceparent());
        }
    }
}
