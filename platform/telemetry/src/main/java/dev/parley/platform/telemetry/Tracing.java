package dev.parley.platform.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What code that is no request's own has to do to stay in a trace. */
public final class Tracing {
    private static final ContextKey<Map<String, String>> TAGS = ContextKey.named("parley-tags");
    private static volatile boolean on;

    private Tracing() {}

    static void turnedOn() {
        on = true;
    }

    /** Whether there is a collector. */
    public static boolean on() {
        return on;
    }

    /**
     * Runs work as a part of a trace.
     *
     * @param traceparent the span that it is a part of; null for none
     * @param tags for every span of the work
     */
    public static void within(
            @Nullable String traceparent, Map<String, String> tags, Runnable work) {
        if (!on) {
            work.run();
            return;
        }
        try (Scope scope = contextOf(traceparent, tags).makeCurrent()) {
            work.run();
        }
    }

    /** The {@code traceparent} of the span that was opened last in a trace, if one is open here. */
    public static @Nullable String openSpanOf(@Nullable String trace) {
        SpanContext open = trace == null ? null : OpenTraces.latest(trace);
        return open == null ? null : traceparent(open);
    }

    /** A span as W3C's {@code traceparent}. */
    public static String traceparent(SpanContext span) {
        return "00-"
                + span.getTraceId()
                + "-"
                + span.getSpanId()
                + "-"
                + span.getTraceFlags().asHex();
    }

    /** A context whose parent span is the one that is named; without a parent for null. */
    public static Context contextOf(@Nullable String traceparent, Map<String, String> tags) {
        Context context =
                TraceParent.parse(traceparent)
                        .map(parent -> Context.root().with(Span.wrap(remote(parent))))
                        .orElse(Context.root());
        return tags.isEmpty() ? context : context.with(TAGS, Map.copyOf(tags));
    }

    private static SpanContext remote(TraceParent parent) {
        return SpanContext.createFromRemoteParent(
                parent.trace(),
                parent.span(),
                TraceFlags.fromHex(parent.flags(), 0),
                TraceState.getDefault());
    }

    static Map<String, String> tagsIn(Context context) {
        Map<String, String> tags = context.get(TAGS);
        return tags == null ? Map.of() : tags;
    }
}
