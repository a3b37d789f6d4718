package dev.parley.testing.e2e;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A collector of traces in this JVM: OTLP over HTTP, everything is kept. */
final class Collector {
    private static final Collector RUNNING = new Collector();

    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final Set<String> texts = ConcurrentHashMap.newKeySet();

    /**
     * A span, as it was received.
     *
     * @param parent empty at the root
     * @param attributes lists as their elements with commas between
     */
    record Span(
            String trace,
            String id,
            String parent,
            String service,
            String kind,
            String name,
            Map<String, String> attributes,
            long startNanos,
            long endNanos,
            boolean error) {

        String attribute(String key) {
            return attributes.getOrDefault(key, "");
        }
    }

    private Collector() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    /** The one of this JVM. */
    static Collector running() {
        return RUNNING;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Span> trace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    /** Whether a span is there or comes within this time. */
    boolean receivesWithin(Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (spans.isEmpty() && Instant.now().isBefore(end)) {
            Eventually.pause(Duration.ofMillis(100));
        }
        return !spans.isEmpty();
    }

    /** Every text of every message so far, whatever it was in; each once. */
    Set<String> texts() {
        return Set.copyOf(texts);
    }

    /** Whose spans have come. */
    Set<String> services() {
        return spans.stream().map(Span::service).collect(Collectors.toSet());
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest request =
                    ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
            collectTexts(request);
            for (ResourceSpans resource : request.getResourceSpansList()) {
                String service =
                        attributes(resource.getResource().getAttributesList())
                                .getOrDefault("service.name", "");
                for (ScopeSpans scope : resource.getScopeSpansList()) {
                    scope.getSpansList().forEach(span -> spans.add(read(service, span)));
                }
            }
            exchange.getResponseHeaders().set("content-type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void collectTexts(Object part) {
        switch (part) {
            case Message message -> message.getAllFields().values().forEach(this::collectTexts);
            case List<?> several -> several.forEach(this::collectTexts);
            case String text -> texts.add(text);
            case ByteString bytes -> texts.add(bytes.toString(StandardCharsets.ISO_8859_1));
            default -> {}
        }
    }

    private static Span read(String service, io.opentelemetry.proto.trace.v1.Span span) {
        HexFormat hex = HexFormat.of();
        return new Span(
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                service,
                span.getKind().name().replace("SPAN_KIND_", ""),
                span.getName(),
                attributes(span.getAttributesList()),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                span.getStatus().getCodeValue() == 2);
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(KeyValue::getKey, it -> text(it.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case ARRAY_VALUE ->
                    value.getArrayValue().getValuesList().stream()
                            .map(Collector::text)
                            .collect(Collectors.joining(","));
            case BYTES_VALUE, KVLIST_VALUE, VALUE_NOT_SET -> value.toString();
        };
    }
}
