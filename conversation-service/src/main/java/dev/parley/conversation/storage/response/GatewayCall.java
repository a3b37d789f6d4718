package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.FinishReason;
import dev.parley.conversation.business.response.Generations.Admission;
import dev.parley.conversation.business.response.Generations.Ending;
import dev.parley.conversation.business.response.Generations.Generation;
import dev.parley.conversation.business.response.Generations.Listener;
import dev.parley.conversation.business.response.TokenUsage;
import dev.parley.conversation.business.response.TurnPolicy;
import dev.parley.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of the gateway: its lines in order, a deadline between them, and its end. */
final class GatewayCall implements Generation {
    private static final int OK = 200;
    private static final int LONGEST_LINE = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final TurnPolicy policy;
    private final ObjectMapper json;
    private final Listener listener;
    private @Nullable HttpClientRequest request;
    private boolean admitted;
    private boolean over;
    private long timer = -1;
    private long deadline;
    private Buffer rest = Buffer.buffer();
    private @Nullable MultiMap headers;

    GatewayCall(Vertx vertx, TurnPolicy policy, ObjectMapper json, Listener listener) {
        this.vertx = vertx;
        this.policy = policy;
        this.json = json;
        this.listener = listener;
    }

    void tokenRefused(Throwable why) {
        if (why instanceof ProblemException refused) {
            refuse(
                    new AdmissionRefusal(
                            refused.problem().status(),
                            refused.problem().code(),
                            refused.problem().detail(),
                            null,
                            List.of(),
                            refused.problem().headers()));
        } else {
            refuse(AdmissionRefusal.UNREACHABLE);
        }
    }

    void begin(Future<HttpClientRequest> connecting, Buffer body) {
        watch(policy.admissionTimeout().toNanos());
        connecting.onSuccess(connected -> send(connected, body)).onFailure(failure -> broken());
    }

    /**
     * Whoever wants the answer has to stand ready before the request leaves: what arrives on the
     * event loop before its handlers do is lost.
     */
    private void send(HttpClientRequest connected, Buffer body) {
        connected.response().onSuccess(this::answered).onFailure(failure -> broken());
        boolean late;
        synchronized (this) {
            request = connected;
            late = over;
        }
        if (late) {
            connected.reset();
        } else {
            connected.end(body);
        }
    }

    private void answered(HttpClientResponse answer) {
        answer.exceptionHandler(failure -> broken());
        if (answer.statusCode() != OK) {
            answer.body()
                    .onSuccess(body -> refuse(refusal(answer, body)))
                    .onFailure(failure -> broken());
            return;
        }
        headers = answer.headers();
        answer.handler(this::take);
        answer.endHandler(end -> broken());
    }

    /** Several lines may come at once; what they say is handed on together. */
    private void take(Buffer bytes) {
        if (over()) {
            return;
        }
        deadline = System.nanoTime() + policy.idleTimeout().toNanos();
        Buffer all = rest.length() == 0 ? bytes : rest.appendBuffer(bytes);
        List<String> deltas = new ArrayList<>();
        int start = 0;
        try {
            for (int i = 0; i < all.length(); i++) {
                if (all.getByte(i) == '\n') {
                    line(all.getBytes(start, i), deltas);
                    start = i + 1;
                }
            }
        } catch (IOException unreadable) {
            fail(Failure.UPSTREAM);
            return;
        }
        say(deltas);
        rest = start == all.length() ? Buffer.buffer() : all.getBuffer(start, all.length());
        if (rest.length() > LONGEST_LINE) {
            fail(Failure.UPSTREAM);
        }
    }

    private void line(byte[] bytes, List<String> deltas) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        JsonNode line = json.readTree(bytes);
        switch (line.path("type").asText()) {
            case "admitted" -> {
                admitted = true;
                listener.admitted(
                        new Admission(
                                line.path("model").asText(),
                                line.path("granted_output_tokens").asLong(),
                                limits()));
            }
            case "delta" -> {
                String text = line.path("text").asText();
                if (!text.isEmpty()) {
                    deltas.add(text);
                }
            }
            case "finished" -> {
                say(deltas);
                finish(
                        new Ending.Finished(
                                switch (line.path("finish").asText()) {
                                    case "length" -> FinishReason.LENGTH;
                                    case "content_filter" -> FinishReason.CONTENT_FILTER;
                                    default -> FinishReason.STOP;
                                },
                                usage(line)));
            }
            case "failed" -> {
                say(deltas);
                finish(
                        new Ending.Failed(
                                new Failure(
                                        line.path("code").asText("upstream_error"),
                                        line.path("message").asText("The provider failed.")),
                                line.has("input_tokens") ? usage(line) : null));
            }
            default -> {}
        }
    }

    private static TokenUsage usage(JsonNode line) {
        return new TokenUsage(
                line.path("input_tokens").asLong(),
                line.path("cached_input_tokens").asLong(),
                line.path("output_tokens").asLong(),
                line.path("estimated").asBoolean());
    }

    private void say(List<String> deltas) {
        if (!deltas.isEmpty() && !over()) {
            listener.said(List.copyOf(deltas));
            deltas.clear();
        }
    }

    private Map<String, String> limits() {
        return headers == null ? Map.of() : hints(headers);
    }

    private static Map<String, String> hints(MultiMap headers) {
        Map<String, String> hints = new LinkedHashMap<>();
        headers.forEach(
                (name, value) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (lower.startsWith("x-ratelimit-")
                            || lower.startsWith("ratelimit")
                            || lower.startsWith("retry-after")
                            || lower.equals("x-should-retry")
                            || lower.equals("x-parley-warning")) {
                        hints.put(name, value);
                    }
                });
        return hints;
    }

    private AdmissionRefusal refusal(HttpClientResponse answer, Buffer body) {
        int status = answer.statusCode();
        try {
            JsonNode problem = json.readTree(body.getBytes());
            JsonNode error = problem.path("error");
            String code = error.path("code").asText("");
            if (status < 400 || code.isEmpty() || status == 401) {
                return AdmissionRefusal.UNREACHABLE;
            }
            List<String> categories = new ArrayList<>();
            problem.path("categories").forEach(category -> categories.add(category.asText()));
            return new AdmissionRefusal(
                    status,
                    code,
                    problem.path("detail").asText(error.path("message").asText()),
                    error.path("param").isTextual() ? error.path("param").asText() : null,
                    categories,
                    hints(answer.headers()));
        } catch (IOException unreadable) {
            return AdmissionRefusal.UNREACHABLE;
        }
    }

    @Override
    public void cancel() {
        HttpClientRequest open;
        synchronized (this) {
            if (over) {
                // It ended by itself; its connection may serve the next call.
                return;
            }
            over = true;
            open = request;
        }
        stopWatching();
        if (open != null) {
            open.reset();
        }
    }

    private synchronized boolean over() {
        return over;
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    private void finish(Ending ending) {
        if (end()) {
            stopWatching();
            listener.ended(ending);
        }
    }

    private void refuse(AdmissionRefusal refusal) {
        if (end()) {
            stopWatching();
            listener.refused(refusal);
        }
    }

    private void fail(Failure failure) {
        HttpClientRequest open = request;
        if (admitted) {
            finish(new Ending.Failed(failure, null));
        } else {
            refuse(
                    failure.equals(Failure.TIMED_OUT)
                            ? AdmissionRefusal.TIMED_OUT
                            : AdmissionRefusal.UNREACHABLE);
        }
        if (open != null) {
            open.reset();
        }
    }

    /** The connection ended before the call did. */
    private void broken() {
        if (!over()) {
            fail(Failure.UPSTREAM);
        }
    }

    private void watch(long nanos) {
        deadline = System.nanoTime() + nanos;
        arm(nanos);
    }

    private void arm(long nanos) {
        timer = vertx.setTimer(Math.max(1, nanos / 1_000_000), fired -> look());
    }

    private void look() {
        if (over()) {
            return;
        }
        long left = deadline - System.nanoTime();
        if (left > 0) {
            arm(left);
        } else {
            fail(Failure.TIMED_OUT);
        }
    }

    private void stopWatching() {
        vertx.cancelTimer(timer);
    }
}
