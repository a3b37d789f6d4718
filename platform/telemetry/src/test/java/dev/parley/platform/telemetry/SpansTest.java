package dev.parley.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final AttributeKey<String> ID = AttributeKey.stringKey("parley.thing.id");
    private static final String INTERNAL = "/internal/things";

    private final Exported exported = new Exported();
    private final Tracer tracer =
            SdkTracerProvider.builder()
                    .setSampler(new TraceSampler(1))
                    .addSpanProcessor(new Way(new SafeSpanExporter(exported)))
                    .build()
                    .get("test");

    private static final class Exported implements SpanExporter {
        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> more) {
            spans.addAll(more);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        SpanData named(String name) {
            return spans.stream().filter(it -> it.getName().equals(name)).findFirst().orElseThrow();
        }
    }

    /** As {@link CollectorExport}, without its batches. */
    private record Way(SpanExporter next) implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            OpenTraces.begun(span, Tracing.tagsIn(parent));
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            next.export(OpenTraces.ended(span).stream().map(ReadableSpan::toSpanData).toList());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }

    private Span server(String name, Context parent) {
        return tracer.spanBuilder(name).setSpanKind(SpanKind.SERVER).setParent(parent).startSpan();
    }

    private Span within(Span parent, String name) {
        return tracer.spanBuilder(name).setParent(Context.root().with(parent)).startSpan();
    }

    @Test
    void marksSpansThatEndedBeforeTheTagsWereKnownAndThoseThatFollow() {
        Span request = server("request", Context.root());
        within(request, "early").end();
        assertThat(exported.spans).isEmpty();

        try (Scope scope = request.makeCurrent()) {
            TraceTags.put(Map.of("parley.thing.id", "thing_1"));
        }
        within(request, "late").end();
        request.end();

        assertThat(exported.spans).hasSize(3);
        assertThat(exported.spans)
                .allSatisfy(it -> assertThat(it.getAttributes().get(ID)).isEqualTo("thing_1"));
        within(request, "much later").end();
        assertThat(exported.named("much later").getAttributes().get(ID)).isEqualTo("thing_1");
    }

    @Test
    void spansOfATraceWithoutTagsLeaveWithItsLast() {
        Span request = server("request", Context.root());
        within(request, "early").end();
        request.end();

        assertThat(exported.spans).extracting(SpanData::getName).contains("early", "request");
    }

    @Test
    void workInATraceIsMarkedByItsContext() {
        Context turn =
                Tracing.contextOf(
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        Map.of("parley.thing.id", "thing_2"));
        tracer.spanBuilder("work").setParent(turn).startSpan().end();

        SpanData work = exported.named("work");
        assertThat(work.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(work.getAttributes().get(ID)).isEqualTo("thing_2");
    }

    @Test
    void onlyWhatHoldsNoTextLeaves() {
        Span request = server("request", Context.root());
        request.setAttribute("url.query", "q=private")
                .setAttribute("url.path", "/shared/secret")
                .setAttribute("user_agent.original", "private")
                .setAttribute("db.user", "private")
                .setAttribute("http.route", "/shared/{token}")
                .recordException(new IllegalStateException("private"));
        request.setStatus(StatusCode.ERROR, "private");
        request.end();

        SpanData left = exported.named("request");
        assertThat(left.getAttributes().asMap().keySet())
                .extracting(AttributeKey::getKey)
                .containsExactly("http.route");
        assertThat(left.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(left.getStatus().getDescription()).isEmpty();
        assertThat(left.getEvents().getFirst().getAttributes().asMap().keySet())
                .extracting(AttributeKey::getKey)
                .containsExactly("exception.type");
    }

    @Test
    void housekeepingIsNotTraced() {
        Span poll = tracer.spanBuilder("poll").setSpanKind(SpanKind.CLIENT).startSpan();
        assertThat(poll.getSpanContext().isSampled()).isFalse();

        Span asked =
                tracer.spanBuilder("GET")
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute("url.path", INTERNAL)
                        .setParent(unsampledCaller())
                        .startSpan();
        assertThat(asked.getSpanContext().isSampled()).isFalse();
    }

    @Test
    void aCallersFlagDoesNotDecide() {
        Span request =
                tracer.spanBuilder("GET")
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute("url.path", "/v1/things")
                        .setParent(unsampledCaller())
                        .startSpan();
        assertThat(request.getSpanContext().isSampled()).isTrue();
        request.end();
    }

    private static Context unsampledCaller() {
        return Tracing.contextOf(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", Map.of());
    }
}
