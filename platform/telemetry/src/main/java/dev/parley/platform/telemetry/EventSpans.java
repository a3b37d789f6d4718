package dev.parley.platform.telemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The spans of events on their way through Kafka: one where an event is sent and one wherever it is
 * handled, however late, both in the trace of what the event tells of.
 */
public final class EventSpans {
    /** The headers by which a trace goes on. */
    public static final String TRACEPARENT = "traceparent";

    public static final String BAGGAGE = "baggage";

    private EventSpans() {}

    /** Begins the sending of an event; whoever gets the span ends it. Null while tracing is off. */
    public static @Nullable Span sending(
            String topic, String type, @Nullable String traceparent, @Nullable String baggage) {
        return Tracing.on() && traceparent != null
                ? begin(SpanKind.PRODUCER, "send", topic, type, traceparent, baggage).startSpan()
                : null;
    }

    /**
     * Handles events, each in its own trace. What is done for several at once belongs to none of
     * them; lines that are about one of several need {@link LogScope#handling}.
     */
    public static void handling(
            Iterable<? extends ConsumerRecord<?, ?>> events, String group, Runnable work) {
        Iterator<? extends ConsumerRecord<?, ?>> all = events.iterator();
        if (all.hasNext()) {
            ConsumerRecord<?, ?> first = all.next();
            if (!all.hasNext()) {
                LogScope.handling(first, () -> traced(events, group, work));
                return;
            }
        }
        traced(events, group, work);
    }

    private static void traced(
            Iterable<? extends ConsumerRecord<?, ?>> events, String group, Runnable work) {
        if (!Tracing.on()) {
            work.run();
            return;
        }
        List<Span> spans = new ArrayList<>();
        Context alone = Context.root();
        for (ConsumerRecord<?, ?> event : events) {
            @Nullable String baggage = LogScope.header(event, BAGGAGE);
            SpanBuilder begun =
                    begin(
                            SpanKind.CONSUMER,
                            "process",
                            event.topic(),
                            LogScope.header(event, "ce_type"),
                            LogScope.header(event, TRACEPARENT),
                            baggage);
            Span span =
                    begun.setAttribute("messaging.consumer.group.name", group)
                            .setAttribute(
                                    "messaging.destination.partition.id",
                                    String.valueOf(event.partition()))
                            .setAttribute("messaging.kafka.offset", event.offset())
                            .startSpan();
            spans.add(span);
            alone = Context.root().with(span);
        }
        try (Scope scope = (spans.size() == 1 ? alone : Context.root()).makeCurrent()) {
            work.run();
        } catch (RuntimeException failure) {
            spans.forEach(
                    span ->
                            span.setStatus(StatusCode.ERROR)
                                    .setAttribute("error.type", failure.getClass().getName()));
            throw failure;
        } finally {
            spans.forEach(Span::end);
        }
    }

    private static SpanBuilder begin(
            SpanKind kind,
            String operation,
            String topic,
            @Nullable String type,
            @Nullable String traceparent,
            @Nullable String baggage) {
        Map<String, String> tags = TraceTags.parse(baggage);
        SpanBuilder span =
                GlobalOpenTelemetry.getTracer("dev.parley.events")
                        .spanBuilder(operation + " " + topic)
                        .setSpanKind(kind)
                        .setParent(Tracing.contextOf(traceparent, tags))
                        .setAttribute("messaging.system", "kafka")
                        .setAttribute("messaging.destination.name", topic)
                        .setAttribute("messaging.operation.name", operation)
                        .setAttribute("messaging.operation.type", operation);
        return type == null ? span : span.setAttribute("parley.event.type", type);
    }
}
