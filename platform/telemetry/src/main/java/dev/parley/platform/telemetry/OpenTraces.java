package dev.parley.platform.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The traces with a span that is open in this process. A span that ends before its trace's tags are
 * known waits for them here, until none of the trace is open any more.
 */
final class OpenTraces {
    /** So many of a trace may wait; the others leave as they are. */
    private static final int MOST_HELD = 256;

    private static final int MOST_RECENT = 4096;

    private static final Map<String, OpenTrace> OPEN = new ConcurrentHashMap<>();

    /** What those were marked with that were open last: some of their work comes later. */
    private static final Map<String, Map<String, String>> RECENT =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<String, Map<String, String>> eldest) {
                            return size() > MOST_RECENT;
                        }
                    });

    private OpenTraces() {}

    private static final class OpenTrace {
        private final List<ReadWriteSpan> open = new ArrayList<>(4);
        private final List<ReadableSpan> held = new ArrayList<>(4);
        private Map<String, String> tags = Map.of();
        private boolean over;
    }

    static void begun(ReadWriteSpan span, Map<String, String> own) {
        String id = span.getSpanContext().getTraceId();
        while (true) {
            OpenTrace trace = OPEN.computeIfAbsent(id, ignored -> new OpenTrace());
            synchronized (trace) {
                if (trace.over) {
                    continue;
                }
                trace.tags = union(trace.open.isEmpty() ? recent(id) : trace.tags, own);
                trace.open.add(span);
                trace.tags.forEach(span::setAttribute);
                return;
            }
        }
    }

    static void tag(String id, Map<String, String> tags) {
        OpenTrace trace = OPEN.get(id);
        if (trace != null && !tags.isEmpty()) {
            synchronized (trace) {
                trace.tags = union(trace.tags, tags);
                trace.open.forEach(span -> tags.forEach(span::setAttribute));
            }
        }
    }

    static Map<String, String> tagsOf(String id) {
        OpenTrace trace = OPEN.get(id);
        if (trace == null) {
            return recent(id);
        }
        synchronized (trace) {
            return trace.tags;
        }
    }

    private static Map<String, String> recent(String id) {
        return RECENT.getOrDefault(id, Map.of());
    }

    /** The span of the trace that was opened last and is open. */
    static @Nullable SpanContext latest(String id) {
        OpenTrace trace = OPEN.get(id);
        if (trace == null) {
            return null;
        }
        synchronized (trace) {
            return trace.open.isEmpty() ? null : trace.open.getLast().getSpanContext();
        }
    }

    /** What may leave now that this span has ended. */
    static List<ReadableSpan> ended(ReadableSpan span) {
        OpenTrace trace = OPEN.get(span.getSpanContext().getTraceId());
        if (trace == null) {
            return List.of(span);
        }
        synchronized (trace) {
            trace.open.remove(span);
            if (trace.tags.isEmpty() && !trace.open.isEmpty() && trace.held.size() < MOST_HELD) {
                trace.held.add(span);
                return List.of();
            }
            List<ReadableSpan> leaving = new ArrayList<>(trace.held.size() + 1);
            trace.held.forEach(it -> leaving.add(new TaggedSpan(it, trace.tags)));
            trace.held.clear();
            leaving.add(span);
            if (trace.open.isEmpty()) {
                trace.over = true;
                if (!trace.tags.isEmpty()) {
                    RECENT.put(span.getSpanContext().getTraceId(), trace.tags);
                }
                OPEN.remove(span.getSpanContext().getTraceId(), trace);
            }
            return leaving;
        }
    }

    private static Map<String, String> union(Map<String, String> one, Map<String, String> other) {
        if (other.isEmpty()) {
            return one;
        }
        Map<String, String> both = new HashMap<>(one);
        both.putAll(other);
        return Map.copyOf(both);
    }
}
