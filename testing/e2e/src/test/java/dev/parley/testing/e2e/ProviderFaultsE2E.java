package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.e2e.Simulator.ProviderCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider in each of its fault modes, through both doors. */
@Order(Integer.MAX_VALUE - 7)
@ExtendWith(RunningStack.class)
class ProviderFaultsE2E {
    private static final String CHAT = Prompts.chat("Hello.");
    private static final String TURN = Prompts.turn("Hello.");

    private static final long SEED = 20261130;
    private static final int CALLS = 12;

    /** On a machine that is busy, and cold. */
    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    private final Stack stack;

    ProviderFaultsE2E(Stack stack) {
        this.stack = stack;
    }

    @ParameterizedTest
    @CsvSource({
        "refuse, 502, upstream_error",
        "hang, 504, upstream_timeout",
        "die_mid_stream, 502, upstream_error",
        "bad_json, 502, upstream_error",
        "429, 502, upstream_error",
        "500, 502, upstream_error"
    })
    void isToldAsWhatItIsAndBilledForWhatItGave(String fault, int status, String code) {
        boolean hangs = fault.equals("hang");
        Assumptions.assumeFalse(hangs && !stack.isOurs(), "someone else's stack waits two minutes");
        stack.simulator()
                .behave("{\"tokens\":20,\"between_tokens\":\"20ms\",\"fault\":\"" + fault + "\"}");
        Aftermath aftermath = Aftermath.of(stack, "provider: " + fault);
        Caller caller = stack.anyone().with(stack.apiKey());
        Instant asked = Instant.now();

        Answer chat = caller.post("/v1/chat/completions", CHAT);
        Duration took = Duration.between(asked, Instant.now());
        WatchedTurn turn = WatchedTurn.begin(caller, "Hello, " + fault + ".");
        turn.awaitEnd(Duration.ofSeconds(30));
        Answer plain = caller.post("/v1/responses", TURN);

        Problems.assertProblem(chat, status, code);
        assertThat(took).isLessThan(RunningStack.FIRST_TOKEN_TIMEOUT.plus(AT_ONCE));
        assertThat(hangs || took.compareTo(AT_ONCE) < 0).as("it took " + took).isTrue();
        assertThat(turn.failed()).as(turn.toString()).isTrue();
        assertThat(turn.toString()).contains(code);
        Problems.assertProblem(plain, status, code);
        assertThat(turn.text().isEmpty())
                .as("what it gave is shown")
                .isEqualTo(!fault.equals("die_mid_stream"));
        aftermath.holds(List.of(turn));
    }

    @Test
    void aCallThatSucceedsAtItsSecondAttemptIsBilledOnceForThatAlone() {
        stack.simulator()
                .behave(
                        "{\"tokens\":8,\"fault\":\"500\",\"fault_rate\":0.5,\"seed\":%d}"
                                .formatted(SEED));
        Aftermath aftermath = Aftermath.of(stack, "provider: 500 at every second call");
        Caller caller = stack.anyone().with(stack.apiKey());

        List<Answer> chats =
                Stream.generate(() -> caller.post("/v1/chat/completions", CHAT))
                        .limit(CALLS)
                        .toList();
        List<WatchedTurn> turns =
                Stream.generate(() -> WatchedTurn.begin(caller, "Once more?"))
                        .limit(CALLS)
                        .toList();
        turns.forEach(turn -> turn.awaitEnd(Duration.ofSeconds(30)));

        assertThat(chats).allMatch(answer -> answer.status() == 200 || answer.status() == 502);
        assertThat(chats)
                .as("answered at the second attempt, seed " + SEED)
                .anyMatch(
                        answer ->
                                answer.status() == 200
                                        && answer.header("x-parley-attempts")
                                                .equals(Optional.of("2")));
        assertThat(turns).as("seed " + SEED).anyMatch(WatchedTurn::whole);
        assertThat(turns).allMatch(turn -> turn.whole() || turn.failed());
        aftermath.holds(turns);
    }

    @Test
    void whoLeavesAProviderThatHangsIsChargedForThePromptThatItTook() {
        stack.simulator().behave("{\"fault\":\"hang\"}");
        Aftermath aftermath = Aftermath.of(stack, "provider: hang, and the caller leaves");
        CompletableFuture<?> asked =
                stack.anyone().with(stack.apiKey()).ask("/v1/chat/completions", CHAT);
        eventually(
                AT_ONCE,
                () -> assertThat(stack.simulator().lastCall().status()).isEqualTo("running"));

        asked.cancel(true);

        eventually(
                Duration.ofSeconds(1),
                () -> assertThat(stack.simulator().lastCall().status()).isEqualTo("cut"));
        ProviderCall call = stack.simulator().lastCall();
        aftermath.holds(List.of());
        assertThat(stack.ledger().byCall().get(call.id()))
                .isNotNull()
                .matches(booked -> booked.finish().equals("client_gone"))
                .matches(booked -> booked.input() == call.input() && booked.output() == 0);
    }
}
