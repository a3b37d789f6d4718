package dev.parley.platform.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error answer (RFC 9457) that OpenAI's clients read too. Immutable; each {@code with…} method
 * returns a changed copy.
 *
 * @param status the HTTP status, 400 to 599
 * @param code the stable machine-readable code, such as {@code not_found}
 * @param detail one sentence for people; never an internal message
 * @param param the offending field, in the caller's terms, or null
 * @param headers further headers of the answer
 * @param extensions further members of the body
 */
public record Problem(
        int status,
        String code,
        String detail,
        @Nullable String param,
        Map<String, String> headers,
        Map<String, Object> extensions) {

    private static final Duration LONGEST_RESET_WORTH_A_RETRY = Duration.ofSeconds(8);

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an error status: " + status);
        }
        headers = Map.copyOf(headers);
        extensions = Map.copyOf(extensions);
    }

    /** A problem without a field, headers or extensions. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, null, Map.of(), Map.of());
    }

    /** 400 {@code invalid_request} about one field. */
    public static Problem invalid(String param, String detail) {
        return of(400, "invalid_request", detail).withParam(param);
    }

    /** 404 {@code not_found}; the same for what does not exist and what belongs to another. */
    public static Problem notFound() {
        return of(404, "not_found", "There is no such resource.");
    }

    /** 503 {@code dependency_unavailable} with a {@code Retry-After} of one second. */
    public static Problem dependencyUnavailable() {
        return of(503, "dependency_unavailable", "A part that this request needs is unavailable.")
                .withRetryAfter(Duration.ofSeconds(1));
    }

    public Problem withParam(@Nullable String field) {
        return new Problem(status, code, detail, field, headers, extensions);
    }

    public Problem withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(status, code, detail, param, all, extensions);
    }

    public Problem withExtension(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(extensions);
        all.put(name, value);
        return new Problem(status, code, detail, param, headers, all);
    }

    /**
     * Adds {@code Retry-After} (whole seconds, rounded up) and {@code retry-after-ms}; a 429 that
     * resets too late for a client's own retry also gets {@code x-should-retry: false}.
     */
    public Problem withRetryAfter(Duration delay) {
        long millis = Math.max(0, delay.toMillis());
        Problem timed =
                withHeader("Retry-After", Long.toString(Math.ceilDiv(millis, 1000L)))
                        .withHeader("retry-after-ms", Long.toString(millis));
        return status == 429 && delay.compareTo(LONGEST_RESET_WORTH_A_RETRY) > 0
                ? timed.withHeader("x-should-retry", "false")
                : timed;
    }

    /** The body's members in their order; {@code instance} and {@code traceId} name the request. */
    public Map<String, @Nullable Object> body(@Nullable String instance, @Nullable String traceId) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", "urn:parley:error:" + code);
        body.put("title", title());
        body.put("status", status);
        body.put("detail", detail);
        body.put("instance", instance);
        body.put("trace_id", traceId);
        body.putAll(extensions);
        body.put("error", error());
        return body;
    }

    /** OpenAI's {@code error} object alone, as events of a stream carry it. */
    public Map<String, @Nullable Object> error() {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", detail);
        error.put("type", errorType());
        error.put("param", param);
        error.put("code", code);
        return error;
    }

    /** The answer, with this request's ids. */
    public Response toResponse() {
        Response.ResponseBuilder answer =
                Response.status(status)
                        .type(MediaType.valueOf("application/problem+json"))
                        .entity(body(RequestIds.currentPath(), RequestIds.currentTraceId()));
        headers.forEach(answer::header);
        if (status == 409 && !code.equals("idempotency_in_progress")) {
            answer.header("x-should-retry", "false");
        }
        return answer.build();
    }

    /** This problem as an exception, for places that cannot return it. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    private String errorType() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402, 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private String title() {
        Response.Status known = Response.Status.fromStatusCode(status);
        if (known != null) {
            return known.getReasonPhrase();
        }
        return status == 422 ? "Unprocessable Content" : "Error";
    }
}
