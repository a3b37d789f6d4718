package dev.parley.platform.web;

import dev.parley.platform.telemetry.TraceParent;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the request that is being served: {@code x-request-id} and the W3C trace. They live on
 * the request's own Vert.x context, so event loops and virtual threads both see them.
 *
 * @param requestId the caller's id if it was well-formed, else a new one
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits: our span, the parent of every call that we make
 * @param path the request's path, without its query
 * @param flags 2 hex digits: W3C's flags, whether the trace is kept anywhere
 */
public record RequestIds(
        String requestId, String traceId, String spanId, String path, String flags) {
    /** What a caller's {@code x-request-id} may look like. */
    public static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private static final String LOCAL = "parley.request-ids";

    /** The current request's ids, or null outside of a request. */
    public static @Nullable RequestIds current() {
        Context context = Vertx.currentContext();
        return context instanceof ContextInternal internal && internal.isDuplicate()
                ? internal.<RequestIds>getLocal(LOCAL)
                : null;
    }

    /** The current request's id; outside of a request a new one. */
    public static String requestIdOrNew() {
        RequestIds ids = current();
        return ids == null ? "req_" + hex(2) : ids.requestId();
    }

    /** A W3C {@code traceparent} whose parent is our span; outside of a request a new trace. */
    public static String traceparent() {
        RequestIds ids = current();
        return ids == null ? "00-" + hex(2) + "-" + hex(1) + "-01" : ids.asTraceparent();
    }

    String asTraceparent() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    static @Nullable String currentPath() {
        RequestIds ids = current();
        return ids == null ? null : ids.path();
    }

    /** The current trace's id, or null outside of a request. */
    public static @Nullable String currentTraceId() {
        RequestIds ids = current();
        return ids == null ? null : ids.traceId();
    }

    static RequestIds of(@Nullable String requestId, @Nullable String traceparent, String path) {
        boolean wellFormed = requestId != null && WELL_FORMED.matcher(requestId).matches();
        String id = wellFormed && requestId != null ? requestId : "req_" + hex(2);
        return TraceParent.parse(traceparent)
                .map(parent -> new RequestIds(id, parent.trace(), hex(1), path, parent.flags()))
                .orElseGet(() -> new RequestIds(id, hex(2), hex(1), path, "01"));
    }

    /** The same request as the span says that stands for it. */
    RequestIds in(SpanContext span) {
        return new RequestIds(
                requestId, span.getTraceId(), span.getSpanId(), path, span.getTraceFlags().asHex());
    }

    void attach() {
        Context context = Vertx.currentContext();
        if (context instanceof ContextInternal internal && internal.isDuplicate()) {
            internal.putLocal(LOCAL, this);
        }
    }

    private static String hex(int longs) {
        StringBuilder text = new StringBuilder(longs * 16);
        for (int i = 0; i < longs; i++) {
            long bits = ThreadLocalRandom.current().nextLong();
            for (int shift = 60; shift >= 0; shift -= 4) {
                text.append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
            }
        }
        return text.toString();
    }
}
