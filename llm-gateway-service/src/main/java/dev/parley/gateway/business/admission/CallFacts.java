package dev.parley.gateway.business.admission;

import org.jspecify.annotations.Nullable;

/**
 * Who calls and what for.
 *
 * @param conversation {@code conv_…}, or null
 * @param response {@code resp_…}, or null
 * @param requestId the request's {@code x-request-id}, or null
 * @param traceparent the W3C trace of its request and the span that the call is a part of
 */
public record CallFacts(
        CallId id,
        Requester requester,
        Purpose purpose,
        @Nullable String conversation,
        @Nullable String response,
        @Nullable String requestId,
        String traceparent) {

    /** The id of its trace: 32 hex digits. */
    public String trace() {
        return traceparent.substring(3, 35);
    }
}
