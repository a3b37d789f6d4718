package dev.parley.gateway.business.admission;

import org.jspecify.annotations.Nullable;

/**
 * Who calls and what for.
 *
 * @param conversation {@code conv_…}, or null
 * @param response {@code resp_…}, or null
 * @param requestId the request's {@code x-request-id}, or null
 * @param trace the trace's id, or null
 */
public record CallFacts(
        CallId id,
        Requester requester,
        Purpose purpose,
        @Nullable String conversation,
        @Nullable String response,
        @Nullable String requestId,
        @Nullable String trace) {}
