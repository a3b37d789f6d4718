package dev.parley.platform.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lets only attributes leave that hold no text, token or address by what they are: a query, a path
 * with a secret in it, an exception's message or a user agent do not pass.
 */
final class SafeSpanExporter implements SpanExporter {
    private static final List<String> FAMILIES =
            List.of("parley.", "gen_ai.", "messaging.", "network.protocol.", "http.response.");

    private static final Set<String> NAMES =
            Set.of(
                    "http.request.method",
                    "http.route",
                    "url.scheme",
                    "server.address",
                    "server.port",
                    "error.type",
                    "exception.type",
                    "db.system",
                    "db.name",
                    "db.operation",
                    "db.sql.table",
                    "db.statement",
                    "db.system.name",
                    "db.namespace",
                    "db.operation.name",
                    "db.collection.name",
                    "db.query.text",
                    "db.response.status_code");

    private final SpanExporter next;

    SafeSpanExporter(SpanExporter next) {
        this.next = next;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return next.export(spans.stream().<SpanData>map(Safe::new).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return next.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return next.shutdown();
    }

    private static final class Safe extends TaggedSpan.WithAttributes {
        private final List<EventData> events;
        private final StatusData status;

        Safe(SpanData data) {
            super(data, safe(data.getAttributes()));
            this.status = StatusData.create(data.getStatus().getStatusCode(), "");
            this.events =
                    data.getEvents().stream()
                            .map(
                                    it ->
                                            EventData.create(
                                                    it.getEpochNanos(),
                                                    it.getName(),
                                                    safe(it.getAttributes())))
                            .toList();
        }

        /** Without the caller's {@code tracestate}, which may be any text. */
        @Override
        public SpanContext getSpanContext() {
            SpanContext span = super.getSpanContext();
            return span.getTraceState().isEmpty()
                    ? span
                    : SpanContext.create(
                            span.getTraceId(),
                            span.getSpanId(),
                            span.getTraceFlags(),
                            TraceState.getDefault());
        }

        @Override
        public List<EventData> getEvents() {
            return events;
        }

        @Override
        public StatusData getStatus() {
            return status;
        }
    }

    private static Attributes safe(Attributes attributes) {
        AttributesBuilder safe = Attributes.builder();
        attributes.forEach(
                (key, value) -> {
                    if (passes(key.getKey())) {
                        put(safe, key, value);
                    }
                });
        return safe.build();
    }

    @SuppressWarnings("unchecked") // a key's value has the key's type
    private static <T> void put(AttributesBuilder to, AttributeKey<T> key, Object value) {
        to.put(key, (T) value);
    }

    static boolean passes(String name) {
        return NAMES.contains(name) || FAMILIES.stream().anyMatch(name::startsWith);
    }
}
