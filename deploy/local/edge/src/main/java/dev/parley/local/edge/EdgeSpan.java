package dev.parley.local.edge;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request at the edge: the span of our answer and, inside it, the one of the service's.
 *
 * @param server a span that is not recorded where nothing is traced
 */
record EdgeSpan(Span server, Span client) {
    static final EdgeSpan NONE = new EdgeSpan(Span.getInvalid(), Span.getInvalid());

    private static final Pattern TAG =
            Pattern.compile("(parley(?:\\.[a-z_]{1,32}){1,4})=([A-Za-z0-9_-]{1,64})");
    private static final int SERVER_ERROR = 500;

    /** Which ids the trace is about, as the service that answers tells. */
    void tag(@Nullable String baggage) {
        if (baggage != null && server.isRecording()) {
            TAG.matcher(baggage)
                    .results()
                    .forEach(
                            tag -> {
                                server.setAttribute(tag.group(1), tag.group(2));
                                client.setAttribute(tag.group(1), tag.group(2));
                            });
        }
    }

    /** The request is over, one way or another. */
    void end(HttpServerRequest request) {
        if (!server.isRecording()) {
            return;
        }
        int status = request.response().getStatusCode();
        for (Span span : new Span[] {client, server}) {
            span.setAttribute("http.response.status_code", (long) status);
            if (status >= SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
