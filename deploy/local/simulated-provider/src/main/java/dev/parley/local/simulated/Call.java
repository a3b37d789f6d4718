package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One call of a model, as it went; written by one event loop and read by any. */
final class Call {
    enum Status {
        RUNNING,
        /** The whole answer was handed to the network. */
        COMPLETED,
        /** The caller went away before that. */
        CUT,
        /** The provider failed it: a fault that was asked for. */
        FAILED
    }

    private final long sequence;
    private final @Nullable String requestId;
    private final String model;
    private final String endpoint;
    private final Instant startedAt;
    private final long startedNanos = System.nanoTime();

    private Status status = Status.RUNNING;
    private int promptTokens;
    private int completionTokens;
    private long[] tokenNanos = new long[32];
    private long endedNanos;

    Call(
            long sequence,
            @Nullable String requestId,
            String model,
            String endpoint,
            Instant startedAt) {
        this.sequence = sequence;
        this.requestId = requestId;
        this.model = model;
        this.endpoint = endpoint;
        this.startedAt = startedAt;
    }

    long sequence() {
        return sequence;
    }

    String model() {
        return model;
    }

    synchronized Status status() {
        return status;
    }

    synchronized int promptTokens() {
        return promptTokens;
    }

    synchronized int completionTokens() {
        return completionTokens;
    }

    /** The prompt has been taken in: from here its tokens count. */
    synchronized void promptRead(int tokens) {
        promptTokens = tokens;
    }

    /** So many tokens have just been sent. */
    synchronized void sent(int tokens) {
        long now = elapsedNanos();
        while (completionTokens + tokens > tokenNanos.length) {
            tokenNanos = Arrays.copyOf(tokenNanos, tokenNanos.length * 2);
        }
        Arrays.fill(tokenNanos, completionTokens, completionTokens + tokens, now);
        completionTokens += tokens;
    }

    /** How the call ended; only the first end counts. */
    synchronized void end(Status how) {
        if (status == Status.RUNNING) {
            status = how;
            endedNanos = elapsedNanos();
            tokenNanos = Arrays.copyOf(tokenNanos, completionTokens);
        }
    }

    long elapsedNanos() {
        return System.nanoTime() - startedNanos;
    }

    synchronized ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("sequence", sequence);
        json.put("id", requestId);
        json.put("model", model);
        json.put("endpoint", endpoint);
        json.put("status", status.name().toLowerCase(Locale.ROOT));
        json.put("prompt_tokens", promptTokens);
        json.put("completion_tokens", completionTokens);
        json.put("started_at", startedAt.toString());
        json.put("first_token_at", completionTokens == 0 ? null : at(tokenNanos[0]));
        json.put(
                "last_token_at",
                completionTokens == 0 ? null : at(tokenNanos[completionTokens - 1]));
        json.put("ended_at", status == Status.RUNNING ? null : at(endedNanos));
        json.put("completion_tokens_in_last_second", inLast(Duration.ofSeconds(1)));
        ArrayNode times = json.putArray("token_times_ms");
        for (int i = 0; i < completionTokens; i++) {
            times.add(startedAt.plusNanos(tokenNanos[i]).toEpochMilli());
        }
        return json;
    }

    private int inLast(Duration span) {
        long since = (status == Status.RUNNING ? elapsedNanos() : endedNanos) - span.toNanos();
        int count = 0;
        for (int i = completionTokens - 1; i >= 0 && tokenNanos[i] >= since; i--) {
            count++;
        }
        return count;
    }

    private String at(long nanos) {
        return startedAt.plusNanos(nanos).toString();
    }
}
