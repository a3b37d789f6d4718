package dev.parley.local.simulated;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/** Sends one answer, token by token at its pace, and notes what really went out. */
final class Generation {
    /** Above this much unsent, tokens wait: what is counted has left the process. */
    private static final int UNSENT_BYTES = 16 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Call call;
    private final Answer answer;
    private final Behaviour behaviour;
    private final Fault fault;
    private final Wire wire;
    private final boolean stream;

    private int next;
    private long firstTokenNanos;
    private boolean gone;

    Generation(
            Vertx vertx,
            HttpServerRequest request,
            Call call,
            Answer answer,
            Behaviour behaviour,
            Fault fault,
            Wire wire,
            boolean stream) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.call = call;
        this.answer = answer;
        this.behaviour = behaviour;
        this.fault = fault;
        this.wire = wire;
        this.stream = stream;
    }

    void run(int promptTokens) {
        response.closeHandler(closed -> callerGone());
        response.exceptionHandler(failure -> callerGone());
        switch (fault) {
            case NONE, DIE_MID_STREAM, BAD_JSON -> {
                response.setWriteQueueMaxSize(UNSENT_BYTES);
                call.promptRead(promptTokens);
                step();
            }
            case TOO_MANY_REQUESTS -> {
                response.putHeader("retry-after", "1");
                fail(429, "simulated: too many requests");
            }
            case BAD_REQUEST -> fail(400, "simulated: bad request");
            case SERVER_ERROR -> fail(500, "simulated: internal server error");
            case REFUSE -> drop();
            case HANG -> call.promptRead(promptTokens);
        }
    }

    private void fail(int status, String message) {
        call.end(Call.Status.FAILED);
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(wire.error(status, message));
    }

    private void drop() {
        gone = true;
        call.end(Call.Status.FAILED);
        request.connection().close();
    }

    private void callerGone() {
        gone = true;
        call.end(Call.Status.CUT);
    }

    /** Sends every token that is due and comes back for the rest. */
    private void step() {
        while (!gone) {
            if (next > answer.tokens().size()) {
                return;
            }
            long wait = dueNanos() - call.elapsedNanos();
            if (wait > 0) {
                vertx.setTimer(Math.max(1, toMillisRoundedUp(wait)), timer -> step());
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> step());
                return;
            }
            sendNext();
        }
    }

    private long dueNanos() {
        int gaps = Math.max(0, Math.min(next, answer.tokens().size() - 1));
        return behaviour.firstToken().toNanos() + gaps * behaviour.betweenTokens().toNanos();
    }

    private static long toMillisRoundedUp(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }

    private void sendNext() {
        if (next == 0) {
            firstTokenNanos = call.elapsedNanos();
        }
        int index = next;
        next++;
        if (fault == Fault.BAD_JSON) {
            sendGarbage();
        } else if (fault == Fault.DIE_MID_STREAM && index >= (answer.tokens().size() + 1) / 2) {
            drop();
        } else if (index == answer.tokens().size()) {
            finish();
        } else if (stream) {
            openStream(index);
            response.write(wire.token(answer.tokens().get(index)));
            call.sent(1);
        }
    }

    private void openStream(int index) {
        if (index == 0) {
            response.setChunked(true).putHeader("content-type", wire.streamType());
            Buffer opening = wire.opening();
            if (opening.length() > 0) {
                response.write(opening);
            }
        }
    }

    private void sendGarbage() {
        next = Integer.MAX_VALUE;
        call.end(Call.Status.FAILED);
        response.putHeader("content-type", stream ? wire.streamType() : "application/json")
                .end("{\"model\":\"" + call.model() + "\",\"mess\n");
    }

    private void finish() {
        Wire.Timing timing = new Wire.Timing(call.elapsedNanos(), firstTokenNanos);
        Buffer end;
        if (stream) {
            if (answer.tokens().isEmpty()) {
                openStream(0);
            }
            answer.toolCall().ifPresent(tool -> response.write(wire.toolCall(tool)));
            call.sent(answer.toolCall().map(Answer.ToolCall::tokens).orElse(0));
            end = wire.closing(answer, timing);
        } else {
            response.putHeader("content-type", "application/json; charset=utf-8");
            end = wire.whole(answer, timing);
            call.sent(answer.completionTokens());
        }
        call.end(Call.Status.COMPLETED);
        response.end(end);
    }
}
