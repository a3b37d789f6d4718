package dev.parley.platform.telemetry;

import io.opentelemetry.api.trace.Span;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ids that every span of a trace carries, those that began before the ids were known included.
 * Between services and in events they travel in W3C {@code baggage}; they are never taken from
 * anyone who has not shown to be one of our services. Nothing happens here while tracing is off.
 */
public final class TraceTags {
    private static final Pattern NAME = Pattern.compile("parley(\\.[a-z_]{1,32}){1,4}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String PUT = "parley.trace-tags";
    private static final int MOST = 8;
    private static final int LONGEST = 1024;

    private TraceTags() {}

    /** Marks every span of the current trace in this process. */
    public static void put(Map<String, String> tags) {
        Span span = Span.current();
        if (span.isRecording()) {
            Map<String, String> valid = valid(tags);
            OpenTraces.tag(span.getSpanContext().getTraceId(), valid);
            if (Vertx.currentContext() instanceof ContextInternal request
                    && request.isDuplicate()) {
                request.putLocal(PUT, valid);
            }
        }
    }

    /**
     * What was put by the request that the context is of, as {@code baggage}; null for nothing.
     * Whatever else is known of its trace is not for whoever asked, who may name any trace.
     */
    public static @Nullable String putBy(Context request) {
        Map<String, String> tags =
                request instanceof ContextInternal own && own.isDuplicate()
                        ? own.getLocal(PUT)
                        : null;
        return tags == null ? null : format(tags);
    }

    /** Marks the current trace's spans with what another of our services sent along. */
    public static void accept(@Nullable String baggage) {
        if (baggage != null && Span.current().isRecording()) {
            put(parse(baggage));
        }
    }

    /** What the current trace's spans are marked with, as {@code baggage}; null for nothing. */
    public static @Nullable String current() {
        Span span = Span.current();
        return span.isRecording()
                ? format(OpenTraces.tagsOf(span.getSpanContext().getTraceId()))
                : null;
    }

    /** What the spans of a trace that is open here are marked with, as {@code baggage}. */
    public static @Nullable String of(@Nullable String traceparent) {
        return traceparent == null || !Tracing.on()
                ? null
                : format(OpenTraces.tagsOf(traceparent.substring(3, 35)));
    }

    /** Tags as {@code baggage}; null for nothing, and while tracing is off. */
    public static @Nullable String format(Map<String, String> tags) {
        return tags.isEmpty() || !Tracing.on()
                ? null
                : valid(tags).entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(","));
    }

    static Map<String, String> parse(@Nullable String baggage) {
        if (baggage == null || baggage.length() > LONGEST) {
            return Map.of();
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (String member : baggage.split(",", MOST + 1)) {
            int equals = member.indexOf('=');
            if (equals > 0) {
                tags.put(member.substring(0, equals).trim(), member.substring(equals + 1).trim());
            }
        }
        return valid(tags);
    }

    private static Map<String, String> valid(Map<String, String> tags) {
        return tags.entrySet().stream()
                .filter(
                        tag ->
                                NAME.matcher(tag.getKey()).matches()
                                        && VALUE.matcher(tag.getValue()).matches())
                .limit(MOST)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
