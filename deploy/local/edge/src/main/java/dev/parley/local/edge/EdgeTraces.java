package dev.parley.local.edge;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The edge's part of each trace. A caller's {@code traceparent} is joined, never handed on as it
 * is: what the services see as their parent is our span. Nothing else of a trace is taken from a
 * caller, neither baggage nor whether the trace is kept.
 */
final class EdgeTraces {
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);
    private static final Duration DELAY = Duration.ofMillis(500);

    private final @Nullable Tracer tracer;

    private EdgeTraces(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** Spans go to a collector of OTLP over HTTP; without one there are none, only their ids. */
    static EdgeTraces to(@Nullable String collector) {
        if (collector == null || collector.isBlank()) {
            return new EdgeTraces(null);
        }
        SdkTracerProvider provider =
                SdkTracerProvider.builder()
                        .setSampler(Sampler.alwaysOn())
                        .setResource(
                                Resource.getDefault()
                                        .merge(
                                                Resource.create(
                                                        Attributes.builder()
                                                                .put("service.name", "edge")
                                                                .build())))
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(
                                                OtlpHttpSpanExporter.builder()
                                                        .setEndpoint(collector + "/v1/traces")
                                                        .build())
                                        .setScheduleDelay(DELAY)
                                        .build())
                        .build();
        Runtime.getRuntime().addShutdownHook(new Thread(provider::close));
        return new EdgeTraces(provider.get("dev.parley.local.edge"));
    }

    /** Takes the request into a trace; its headers then say of what span it is a part. */
    EdgeSpan begin(HttpServerRequest request) {
        @Nullable SpanContext caller = callerOf(request.getHeader("traceparent"));
        request.headers().remove("baggage").remove("tracestate");
        if (tracer == null) {
            request.headers()
                    .set(
                            "traceparent",
                            traceparent(
                                    caller == null ? hex(2) : caller.getTraceId(),
                                    hex(1),
                                    caller == null ? "01" : caller.getTraceFlags().asHex()));
            return EdgeSpan.NONE;
        }
        Context parent = caller == null ? Context.root() : Context.root().with(Span.wrap(caller));
        String route =
                Optional.ofNullable(request.path()).flatMap(PathTable::prefixOf).orElse("/*");
        String name = methodOf(request) + " " + route;
        Span server =
                tracer.spanBuilder(name)
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(parent)
                        .setAttribute("http.request.method", methodOf(request))
                        .setAttribute("http.route", route)
                        .setAttribute("url.scheme", "http")
                        .startSpan();
        Span client =
                tracer.spanBuilder(name)
                        .setSpanKind(SpanKind.CLIENT)
                        .setParent(parent.with(server))
                        .setAttribute("http.request.method", methodOf(request))
                        .startSpan();
        SpanContext ours = client.getSpanContext();
        request.headers()
                .set("traceparent", traceparent(ours.getTraceId(), ours.getSpanId(), "01"));
        return new EdgeSpan(server, client);
    }

    private static String traceparent(String trace, String span, String flags) {
        return "00-" + trace + "-" + span + "-" + flags;
    }

    /** A method that nobody knows could be any text. */
    private static String methodOf(HttpServerRequest request) {
        return switch (request.method().name()) {
            case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" ->
                    request.method().name();
            default -> "_OTHER";
        };
    }

    private static @Nullable SpanContext callerOf(@Nullable String traceparent) {
        var parts = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        if (!parts.matches()
                || traceparent == null
                || traceparent.startsWith("ff")
                || parts.group(1).equals(NO_TRACE)
                || parts.group(2).equals(NO_SPAN)) {
            return null;
        }
        return SpanContext.createFromRemoteParent(
                parts.group(1),
                parts.group(2),
                TraceFlags.fromHex(parts.group(3), 0),
                TraceState.getDefault());
    }

    private static String hex(int longs) {
        StringBuilder text = new StringBuilder(longs * 16);
        for (int i = 0; i < longs; i++) {
            // Never nothing but zeros, which would be no id.
            long bits = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
            for (int shift = 60; shift >= 0; shift -= 4) {
                text.append(Character.forDigit((int) (bits >>> shift) & 0xf, 16));
            }
        }
        return text.toString();
    }
}
