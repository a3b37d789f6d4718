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

/** A streamed turn of conversation-service, read line by line while something happens to it. */
final class WatchedTurn {
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(20);

    private final String input;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private WatchedTurn(String input) {
        this.input = input;
    }

    static WatchedTurn begin(Caller caller, String input) {
        String body = "{\"model\":\"simulated\",\"input\":\"%s\",\"stream\":true}".formatted(input);
        return read(caller, "POST", "/v1/responses", body, input);
    }

    /** The same turn from its beginning, from whichever replica answers. */
    WatchedTurn again(Caller caller) {
        return read(caller, "GET", "/v1/responses/" + id() + "?stream=true", null, input);
    }

    private static WatchedTurn read(
            Caller caller, String method, String path, @Nullable String body, String input) {
        WatchedTurn turn = new WatchedTurn(input);
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                caller.follow(method, path, body, turn.lines::add);
                                turn.over.complete(null);
                            } catch (UncheckedIOException brokenOff) {
                                turn.over.complete(null);
                            } catch (AssertionError | RuntimeException refused) {
                                turn.over.completeExceptionally(refused);
                            }
                        });
        return turn;
    }

    String input() {
        return input;
    }

    /** Its id, which it has as soon as it is accepted. */
    String id() {
        eventually(BEGINS_WITHIN, () -> assertThat(events()).as("events").isNotEmpty());
        return events().getFirst().at("/response/id").asText();
    }

    /** What a person has read of it so far. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (JsonNode event : events()) {
            if (event.at("/type").asText().equals("response.output_text.delta")) {
                text.append(event.at("/delta").asText());
            }
        }
        return text.toString();
    }

    void awaitText() {
        eventually(
                BEGINS_WITHIN,
                () -> {
                    if (over.isCompletedExceptionally()) {
                        over.join();
                    }
                    assertThat(text()).isNotEmpty();
                });
    }

    void awaitEnd(Duration within) {
        try {
            over.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
            throw new AssertionError(id() + " still streams after " + within, stillRunning);
        } catch (ExecutionException refused) {
            throw new AssertionError("the turn was not taken", refused.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Nothing more comes, whatever came. */
    boolean over() {
        return over.isDone();
    }

    /** It was read to the end of a completed answer. */
    boolean whole() {
        return endsWith("response.completed");
    }

    /** It was read to an end that says that it failed. */
    boolean failed() {
        return endsWith("response.failed");
    }

    private boolean endsWith(String type) {
        return lines.contains("data: [DONE]")
                && events().getLast().at("/type").asText().equals(type);
    }

    private List<JsonNode> events() {
        return lines.stream()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Answer.parse(line.substring("data: ".length())))
                .toList();
    }

    @Override
    public String toString() {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }
}
