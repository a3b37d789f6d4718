package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A stream of server-sent events, read line by line while something happens to it. */
final class FollowedStream {
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(20);

    private final String what;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile long endedAt;

    private FollowedStream(String what) {
        this.what = what;
    }

    static FollowedStream of(Caller caller, String method, String path, @Nullable String body) {
        FollowedStream stream = new FollowedStream(method + " " + path);
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                caller.follow(method, path, body, stream.lines::add);
                                stream.ended();
                            } catch (UncheckedIOException brokenOff) {
                                stream.ended();
                            } catch (AssertionError | RuntimeException refused) {
                                stream.over.completeExceptionally(refused);
                            }
                        });
        return stream;
    }

    private void ended() {
        endedAt = System.nanoTime();
        over.complete(null);
    }

    void awaitFirst(Runnable check) {
        eventually(
                BEGINS_WITHIN,
                () -> {
                    if (over.isCompletedExceptionally()) {
                        over.join();
                    }
                    check.run();
                });
    }

    void awaitEvents() {
        awaitFirst(() -> assertThat(events()).as("events of " + what).isNotEmpty());
    }

    void awaitEnd(Duration within) {
        try {
            over.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
            throw new AssertionError(what + " still streams after " + within, stillRunning);
        } catch (ExecutionException refused) {
            throw new AssertionError(what + " was not taken", refused.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Nothing more comes, whatever came. */
    boolean over() {
        return over.isDone();
    }

    /** When it ended, by {@link System#nanoTime}. */
    long endedAt() {
        return endedAt;
    }

    /** It was read to its last word, and not broken off. */
    boolean done() {
        return lines.contains("data: [DONE]");
    }

    List<JsonNode> events() {
        return lines.stream()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Answer.parse(line.substring("data: ".length())))
                .toList();
    }

    /** What it is, and its last words. */
    @Override
    public String toString() {
        return what
                + "\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }
}
