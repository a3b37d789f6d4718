package dev.parley.local.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the edge itself answers: RFC 9457 with OpenAI's {@code error} member, as the services do.
 */
enum Refusal {
    NO_SUCH_PATH(404, "Not Found", "not_found", "not_found_error", "There is no such resource."),
    NO_REPLICA(
            503,
            "Service Unavailable",
            "dependency_unavailable",
            "server_error",
            "A part that this request needs is unavailable."),
    CONNECTION_LOST(
            502,
            "Bad Gateway",
            "upstream_error",
            "server_error",
            "The service did not finish its answer.");

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");
    private static final Pattern TRACE =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private final int status;
    private final String title;
    private final String code;
    private final String type;
    private final String detail;

    Refusal(int status, String title, String code, String type, String detail) {
        this.status = status;
        this.title = title;
        this.code = code;
        this.type = type;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    void headers(HttpServerRequest request, MultiMap headers) {
        headers.set("content-type", "application/problem+json");
        headers.set("x-request-id", requestId(request.getHeader("x-request-id")));
        String traceparent = request.getHeader("traceparent");
        if (traceparent != null) {
            headers.set("traceparent", traceparent);
        }
        if (this == NO_REPLICA) {
            headers.set("retry-after", "1").set("retry-after-ms", "1000");
        }
    }

    Buffer body(HttpServerRequest request) {
        return Json.bytes(
                Json.object()
                        .put("type", "urn:parley:error:" + code)
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .put("instance", request.path())
                        .put("trace_id", traceId(request.getHeader("traceparent")))
                        .set(
                                "error",
                                Json.object()
                                        .put("message", detail)
                                        .put("type", type)
                                        .putNull("param")
                                        .put("code", code)));
    }

    void answer(HttpServerRequest request) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        headers(request, request.response().headers());
        request.response().setStatusCode(status).end(body(request));
    }

    private static String requestId(@Nullable String callers) {
        return callers != null && REQUEST_ID.matcher(callers).matches()
                ? callers
                : "req_" + newId();
    }

    private static String traceId(@Nullable String traceparent) {
        var matcher = TRACE.matcher(traceparent == null ? "" : traceparent);
        return matcher.matches() ? matcher.group(1) : newId();
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
