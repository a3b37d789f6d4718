package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.Generations.Admission;
import dev.parley.conversation.business.response.Generations.Ending;
import dev.parley.conversation.business.response.Generations.Generation;
import dev.parley.conversation.business.response.Generations.Listener;
import dev.parley.conversation.business.response.TurnPolicy;
import dev.parley.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    private Map<String, String> limits = Map.of();
    private final List<String> deltas = new ArrayList<>();
    private final RecordParser lines;

    GatewayCall(Vertx vertx, TurnPolicy policy, ObjectMapper json, Listener listener) {
        this.vertx = vertx;
        this.policy = policy;
        this.json = json;
        this.listener = listener;
        this.lines =
                RecordParser.newDelimited("\n", this::line)
                        .maxRecordSize(LONGEST_LINE)
                        .exceptionHandler(tooLong -> fail(Failure.UPSTREAM));
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
                    .onSuccess(
                            body ->
                                    refuse(
                                            GatewayRefusal.read(
                                                    json,
                                                    answer.statusCode(),
                                                    answer.headers(),
                                                    body)))
                    .onFailure(failure -> broken());
            return;
        }
        limits = GatewayRefusal.hints(answer.headers());
        answer.handler(this::take);
        answer.endHandler(end -> broken());
    }

    /** Several lines may come at once; what they say is handed on together. */
    private void take(Buffer bytes) {
        if (over()) {
            return;
        }
        deadline = System.nanoTime() + policy.idleTimeout().toNanos();
        lines.handle(bytes);
        say();
    }

    private void line(Buffer bytes) {
        if (over()) {
            return;
        }
        GatewayLine line;
        try {
            line = GatewayLine.read(json, bytes.getBytes());
        } catch (IOException unreadable) {
            fail(Failure.UPSTREAM);
            return;
        }
        switch (line) {
            case GatewayLine.Admitted granted -> {
                admitted = true;
                listener.admitted(
                        new Admission(granted.model(), granted.grantedOutputTokens(), limits));
            }
            case GatewayLine.Delta delta -> {
                if (!delta.text().isEmpty()) {
                    deltas.add(delta.text());
                }
            }
            case GatewayLine.Ended ended -> {
                say();
                finish(ended.ending());
            }
            case GatewayLine.Ignored ignored -> {}
        }
    }

    private void say() {
        if (!deltas.isEmpty() && !over()) {
            listener.said(List.copyOf(deltas));
            deltas.clear();
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
