package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.pause;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL, which all services share here, is restarted while answers stream. */
@Order(Integer.MAX_VALUE - 4)
@ExtendWith(RunningStack.class)
class PostgresRestartE2E {
    /** Longer than a turn's and a reservation's lease (10 s); the answers end meanwhile (8 s). */
    private static final Duration AWAY = Duration.ofSeconds(12);

    private static final String TURN = "{\"model\":\"simulated\",\"input\":\"Are you there?\"}";

    private final Stack stack;

    PostgresRestartE2E(Stack stack) {
        this.stack = stack;
        stack.awaitReady(Duration.ofSeconds(30));
    }

    @Test
    void streamsFinishAndNewCallsAreServedOrToldToComeBack() {
        Caller caller = stack.anyone().with(stack.apiKey());
        stack.simulator().slowly(160, Duration.ofMillis(50));
        List<WatchedTurn> turns =
                Stream.of("One.", "Two.", "Three.", "Four.")
                        .map(input -> WatchedTurn.begin(caller, input))
                        .toList();
        turns.forEach(WatchedTurn::awaitText);
        List<CompletableFuture<Answer>> meanwhile = new ArrayList<>();
        Aftermath aftermath = Aftermath.of(stack, "PostgreSQL restarted");

        stack.processes().takeAway("postgres", 1);
        for (int i = 0; i < 4; i++) {
            meanwhile.add(supplyAsync(() -> caller.get("/v1/conversations")));
            meanwhile.add(supplyAsync(() -> caller.post("/v1/responses", TURN)));
            pause(Duration.ofMillis(200));
        }
        pause(AWAY.minus(aftermath.sinceItStruck()));
        stack.processes().bringBack("postgres", 1);
        Duration away = aftermath.sinceItStruck();

        turns.forEach(turn -> turn.awaitEnd(Duration.ofSeconds(30)));
        assertThat(turns).as("they outlive it").allMatch(WatchedTurn::whole);
        for (CompletableFuture<Answer> asked : meanwhile) {
            Answer answer = asked.join();
            assertThat(answer.status()).as(answer.toString()).isIn(200, 503);
            assertThat(answer.status() == 200 || answer.header("retry-after").isPresent())
                    .as(answer.toString())
                    .isTrue();
        }
        System.out.printf("[fault] PostgreSQL was away for %.1f s%n", away.toMillis() / 1e3);
        aftermath.holds(turns);
    }
}
