package dev.parley.platform.telemetry;

import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What work is about, for the lines that it logs: on any thread, whether traces are collected or
 * not. Ids are named as {@link TraceTags} are; a line calls {@code parley.thing.id} {@code
 * thing_id}.
 */
public final class LogScope {
    private static final ScopedValue<Map<String, String>> ABOUT = ScopedValue.newInstance();
    private static final String LOCAL = "parley.log-scope";
    private static final String PREFIX = "parley.";

    private LogScope() {}

    /** Lines of the request that is being served have these ids from here on. */
    public static void put(Map<String, String> ids) {
        if (Vertx.currentContext() instanceof ContextInternal request && request.isDuplicate()) {
            request.putLocal(LOCAL, fields(ids));
        }
    }

    /**
     * Does work whose lines have the trace and these ids.
     *
     * @param traceparent a span of the trace; null for none
     */
    public static void within(
            @Nullable String traceparent, Map<String, String> ids, Runnable work) {
        Map<String, String> about = fields(ids);
        TraceParent.parse(traceparent).ifPresent(span -> about.put("trace_id", span.trace()));
        within(about, work);
    }

    /** Handles one event: lines have its trace and id, and the ids that came along with it. */
    public static void handling(ConsumerRecord<?, ?> event, Runnable work) {
        handling(event, Map.of(), work);
    }

    /** Handles one event that is about these ids. */
    public static void handling(
            ConsumerRecord<?, ?> event, Map<String, String> ids, Runnable work) {
        Map<String, String> about = fields(TraceTags.parse(header(event, EventSpans.BAGGAGE)));
        about.putAll(fields(ids));
        @Nullable String id = header(event, "ce_id");
        if (id != null) {
            about.put("event_id", id);
        }
        TraceParent.parse(header(event, EventSpans.TRACEPARENT))
                .ifPresent(span -> about.put("trace_id", span.trace()));
        within(about, work);
    }

    /** The fields of a line that is logged here. */
    public static Map<String, String> current() {
        if (ABOUT.isBound()) {
            return ABOUT.get();
        }
        @Nullable Map<String, String> put =
                Vertx.currentContext() instanceof ContextInternal request && request.isDuplicate()
                        ? request.getLocal(LOCAL)
                        : null;
        return put == null ? Map.of() : put;
    }

    private static void within(Map<String, String> about, Runnable work) {
        Map<String, String> all = new LinkedHashMap<>(current());
        all.putAll(about);
        ScopedValue.where(ABOUT, all).run(work);
    }

    private static Map<String, String> fields(Map<String, String> ids) {
        Map<String, String> fields = new LinkedHashMap<>();
        ids.forEach(
                (name, value) ->
                        fields.put(
                                (name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name)
                                        .replace('.', '_'),
                                value));
        return fields;
    }

    static @Nullable String header(ConsumerRecord<?, ?> event, String name) {
        @Nullable Header header = event.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
