package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many callers at once, some of whom go away, some of whose calls the provider fails. */
@ExtendWith(RunningStack.class)
class LedgerE2E {
    private static final long SEED = 20261123;
    private static final int CALLERS = 8;
    private static final int TURNS_EACH = 6;
    private static final String STREAM = "\"stream\":true";

    private final Stack stack;

    LedgerE2E(Stack stack) {
        this.stack = stack;
    }

    @Test
    void equalsTheProviderAfterAMixedCrowd() throws Exception {
        stack.simulator()
                .behave(
                        "{\"tokens\":60,\"first_token\":\"20ms\",\"between_tokens\":\"40ms\","
                                + "\"fault\":\"die_mid_stream\",\"fault_rate\":0.15,\"seed\":%d}"
                                        .formatted(SEED));
        List<Future<?>> crowd = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                SplittableRandom random = new SplittableRandom(SEED + i);
                crowd.add(threads.submit(() -> takeTurns(random)));
            }
        }
        for (Future<?> one : crowd) {
            one.get();
        }
        stack.simulator().atOnce();
        stack.ledgerRule().holds();
        JsonNode totals = stack.simulator().totals();
        assertThat(totals.at("/failed").asLong()).as("the fault struck, seed " + SEED).isPositive();
        assertThat(totals.at("/cut").asLong()).as("callers went, seed " + SEED).isPositive();
    }

    private void takeTurns(SplittableRandom random) {
        Caller caller = stack.anyone().with(stack.apiKey());
        String turn = Prompts.turn("Hello.", STREAM);
        for (int i = 0; i < TURNS_EACH; i++) {
            int lines = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(1, 40);
            switch (random.nextInt(3)) {
                case 0 -> caller.lines("POST", "/v1/responses", turn, lines);
                case 1 ->
                        caller.lines(
                                "POST",
                                "/v1/chat/completions",
                                Prompts.chat("Hello.", STREAM),
                                lines);
                case 2 -> caller.post("/v1/chat/completions", Prompts.chat("Hello."));
                default -> throw new IllegalStateException();
            }
        }
    }
}
