package dev.parley.platform.telemetry;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.http.HttpExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.internal.StandardComponentId;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.opentelemetry.runtime.exporter.otlp.sender.VertxHttpSender;
import io.quarkus.opentelemetry.runtime.exporter.otlp.tracing.VertxHttpSpanExporter;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of all spans: tagged, in batches, without what may not leave, to the collector by OTLP
 * over HTTP. Quarkus's own way has no place for the first and the third step.
 */
final class CollectorExport implements SpanProcessor {
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int QUEUE = 8192;

    private final SpanProcessor next;

    CollectorExport(URI collector, Supplier<Vertx> vertx) {
        this.next =
                BatchSpanProcessor.builder(
                                new SafeSpanExporter(
                                        new AtFirstUse(() -> toCollector(collector, vertx.get()))))
                        .setScheduleDelay(DELAY)
                        .setExporterTimeout(TIMEOUT)
                        .setMaxQueueSize(QUEUE)
                        .build();
    }

    private static SpanExporter toCollector(URI collector, Vertx vertx) {
        return new VertxHttpSpanExporter(
                new HttpExporter<>(
                        StandardComponentId.generateLazy(
                                StandardComponentId.ExporterType.OTLP_HTTP_SPAN_EXPORTER),
                        new VertxHttpSender(
                                collector,
                                VertxHttpSender.TRACES_PATH,
                                false,
                                TIMEOUT,
                                Map.of(),
                                "application/x-protobuf",
                                options -> {},
                                vertx),
                        MeterProvider::noop,
                        InternalTelemetryVersion.LATEST,
                        collector.toString()));
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        if (span.getSpanContext().isSampled()) {
            OpenTraces.begun(span, Tracing.tagsIn(parent));
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled()) {
            OpenTraces.ended(span).forEach(next::onEnd);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return next.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return next.shutdown();
    }

    /** Vert.x is not there yet when the SDK is made. */
    private static final class AtFirstUse implements SpanExporter {
        private final Supplier<SpanExporter> maker;
        private volatile @Nullable SpanExporter made;

        AtFirstUse(Supplier<SpanExporter> maker) {
            this.maker = maker;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            SpanExporter exporter = made;
            if (exporter == null) {
                exporter = maker.get();
                made = exporter;
            }
            return exporter.export(spans);
        }

        @Override
        public CompletableResultCode flush() {
            SpanExporter exporter = made;
            return exporter == null ? CompletableResultCode.ofSuccess() : exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            SpanExporter exporter = made;
            return exporter == null ? CompletableResultCode.ofSuccess() : exporter.shutdown();
        }
    }
}
