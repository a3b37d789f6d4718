package dev.parley.platform.web;

import dev.parley.platform.telemetry.TraceTags;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Gives each request its ids before anything else sees it, and refuses bodies that are too large.
 */
@ApplicationScoped
class RequestIdFilter {
    /** The largest body that any endpoint takes, in bytes: 4 MiB. */
    static final long MAX_BODY_BYTES = 4L * 1024 * 1024;

    private static final int BEFORE_EVERYTHING = 1000;

    void register(@Observes Filters filters) {
        filters.register(this::identify, BEFORE_EVERYTHING);
    }

    private void identify(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        RequestIds ids =
                RequestIds.of(
                        request.getHeader("x-request-id"),
                        request.getHeader("traceparent"),
                        request.path());
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            ids = ids.in(span);
        }
        if (span.isSampled()) {
            tellTags(routing);
        }
        ids.attach();
        request.response().putHeader("x-request-id", ids.requestId());
        request.response().putHeader("traceparent", ids.asTraceparent());
        if (declaredLength(request) > MAX_BODY_BYTES) {
            refuse(routing, tooLarge(), ids);
            return;
        }
        routing.next();
    }

    /** Whoever asked may be in the same trace, and could not know its ids when it asked. */
    private static void tellTags(RoutingContext routing) {
        Context request = Vertx.currentContext();
        if (request == null) {
            return;
        }
        routing.addHeadersEndHandler(
                sent -> {
                    String tags = TraceTags.putBy(request);
                    if (tags != null) {
                        routing.response().putHeader("baggage", tags);
                    }
                });
    }

    static Problem tooLarge() {
        return Problem.of(413, "body_too_large", "The body is larger than 4 MiB.");
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }

    private static void refuse(RoutingContext routing, Problem problem, RequestIds ids) {
        Map<String, ?> body = problem.body(ids.path(), ids.traceId());
        routing.response()
                .setStatusCode(problem.status())
                .putHeader("content-type", "application/problem+json")
                .putHeader("connection", "close")
                .end(io.vertx.core.json.Json.encode(body));
    }
}
