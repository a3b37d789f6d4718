package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka goes away for a while: nothing notices, and the outboxes drain when it is back. */
@Order(Integer.MAX_VALUE - 3)
@ExtendWith(RunningStack.class)
class KafkaOutageE2E {
    /**
     * Several times longer than all that could give up meanwhile: a round of the outbox (10 s for
     * blocking and for delivery), a consumer's session (10 s), a reservation's lease (10 s).
     */
    private static final Duration AWAY = Duration.ofMinutes(1);

    private final Stack stack;

    KafkaOutageE2E(Stack stack) {
        this.stack = stack;
        stack.awaitReady(Duration.ofSeconds(30));
    }

    @Test
    void turnsGoOnAndAreBilledLater() {
        Caller caller = stack.anyone().with(stack.apiKey());
        stack.simulator().slowly(10, Duration.ofMillis(20));
        long booked = stack.ledger().byCall().size();
        Set<String> estimated = estimated();
        stack.processes().takeAway("kafka", 1);
        Aftermath away = Aftermath.of(stack, "Kafka away");
        List<WatchedTurn> turns = new ArrayList<>();
        while (away.sinceItStruck().compareTo(AWAY) < 0) {
            WatchedTurn turn = WatchedTurn.begin(caller, "Without Kafka.");
            turn.awaitEnd(Duration.ofSeconds(10));
            assertThat(turn.whole()).as(turn.toString()).isTrue();
            turns.add(turn);
            caller.post("/v1/chat/completions", Prompts.chat("Hi.")).ok(200);
            Eventually.pause(Duration.ofMillis(500));
        }
        assertThat(
                        stack.database("gateway")
                                .number("select count(*) from outbox where sent_at is null"))
                .as("what waits in the gateway's outbox")
                .isEqualTo(2L * turns.size());

        stack.processes().bringBack("kafka", 1);

        Aftermath back = Aftermath.of(stack, "Kafka back after a minute");
        back.holds(turns);
        assertThat(stack.ledger().byCall().size() - booked)
                .as("every call is booked")
                .isGreaterThanOrEqualTo(2L * turns.size());
        assertThat(estimated()).as("no call of these is left estimated").isEqualTo(estimated);
    }

    private Set<String> estimated() {
        return stack.ledger().byCall().values().stream()
                .filter(Ledger.Booked::estimated)
                .map(Ledger.Booked::call)
                .collect(Collectors.toSet());
    }
}
