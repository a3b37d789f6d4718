package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.e2e.Ledger.Booked;
import dev.parley.testing.e2e.Simulator.ProviderCall;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What has to hold after any fault: nothing accepted is lost, nothing is counted twice, no response
 * is left in progress, the ledger is as defined and what turns show to have cost is what stands
 * there, the audit chains are intact, and the stack serves again by itself. It says what it saw,
 * and when.
 */
final class Aftermath {
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(30);
    private static final Duration SERVING_WITHIN = Duration.ofSeconds(30);
    private static final Duration PRICED_WITHIN = Duration.ofSeconds(15);

    private final Stack stack;
    private final String fault;
    private final Instant struck = Instant.now();

    private Aftermath(Stack stack, String fault) {
        this.stack = stack;
        this.fault = fault;
    }

    /** Of a fault that strikes now. */
    static Aftermath of(Stack stack, String fault) {
        return new Aftermath(stack, fault);
    }

    /** Of a {@code kill -9} that strikes now, and with it the calls that are under way. */
    static Aftermath ofAKill(Stack stack, String fault) {
        stack.remembersAsKilled(
                stack.simulator().calls().stream()
                        .filter(call -> call.status().equals("running"))
                        .map(ProviderCall::id)
                        .toList());
        return new Aftermath(stack, fault);
    }

    /** This call, too, had no usage record yet. */
    Aftermath with(ProviderCall call) {
        stack.remembersAsKilled(List.of(call.id()));
        return this;
    }

    Duration sinceItStruck() {
        return Duration.between(struck, Instant.now());
    }

    /** Checks all of it, given the turns that were accepted before or meanwhile. */
    void holds(Collection<WatchedTurn> accepted) {
        stack.simulator().atOnce();
        Duration serving = servesAgain();
        Duration ended = nothingIsInProgress();
        accepted.forEach(this::isKept);
        stack.ledgerRule().holds();
        Duration settled = sinceItStruck();
        totalsEqualTheLedger();
        accepted.forEach(this::showsItsCost);
        theAuditChainsAreIntact();
        stack.awaitReady(SERVING_WITHIN);
        tell(serving, ended, settled);
    }

    private Duration servesAgain() {
        Caller caller = stack.anyone().with(stack.apiKey());
        eventually(
                SERVING_WITHIN,
                () -> {
                    try {
                        assertThat(
                                        caller.post("/v1/responses", Prompts.turn("Still there?"))
                                                .ok(200)
                                                .text("/status"))
                                .isEqualTo("completed");
                        caller.post("/v1/chat/completions", Prompts.chat("You too?")).ok(200);
                    } catch (UncheckedIOException brokenOff) {
                        throw new AssertionError(brokenOff);
                    }
                });
        return sinceItStruck();
    }

    private Duration nothingIsInProgress() {
        Database conversation = stack.database("conversation");
        Duration left = ENDED_WITHIN.minus(sinceItStruck());
        eventually(
                left.isNegative() ? Duration.ZERO : left,
                () ->
                        assertThat(
                                        conversation.number(
                                                "select count(*) from response where status ="
                                                        + " 'in_progress'"))
                                .as("responses in progress 30 s after " + fault)
                                .isZero());
        return sinceItStruck();
    }

    private void isKept(WatchedTurn turn) {
        Caller caller = stack.anyone().with(stack.apiKey());
        Answer kept = caller.get("/v1/responses/" + turn.id()).ok(200);
        String text = kept.text("/output/0/content/0/text");
        assertThat(kept.text("/status")).as(kept.toString()).isIn("completed", "failed");
        assertThat(text).as("what was shown is kept").startsWith(turn.text());
        if (turn.whole()) {
            assertThat(kept.text("/status")).isEqualTo("completed");
            assertThat(text).isEqualTo(turn.text());
        }
        assertThat(caller.get("/v1/responses/" + turn.id() + "/input_items").ok(200).body())
                .as("what was accepted is kept")
                .contains(turn.input());
    }

    /** Nothing, where nothing was charged. */
    private void showsItsCost(WatchedTurn turn) {
        Caller caller = stack.anyone().with(stack.apiKey());
        eventually(
                PRICED_WITHIN,
                () -> {
                    JsonNode shown =
                            caller.get("/v1/responses/" + turn.id())
                                    .ok(200)
                                    .json()
                                    .at("/parley/cost");
                    assertThat(shown.at("/amount").asLong(0))
                            .as("what %s cost: %s", turn.id(), shown)
                            .isEqualTo(stack.ledger().costOf(turn.id()));
                });
    }

    private void theAuditChainsAreIntact() {
        Caller auditor = stack.anyone().with(stack.operator());
        for (String chain : List.of("?organization=" + stack.organization(), "")) {
            JsonNode verified = auditor.get("/v1/audit/verify" + chain).ok(200).json();
            assertThat(verified.at("/intact").asBoolean()).as(verified.toString()).isTrue();
            assertThat(verified.at("/records").asLong()).as(verified.toString()).isPositive();
        }
    }

    private void totalsEqualTheLedger() {
        JsonNode totals =
                stack.anyone()
                        .with(stack.admin())
                        .get("/v1/usage/summary?by=model&period=all")
                        .ok(200)
                        .json()
                        .at("/data");
        List<Booked> booked =
                stack.ledger().byCall().values().stream()
                        .filter(it -> it.organization().equals(stack.organization()))
                        .toList();
        assertThat(sum(totals.valueStream().toList(), it -> it.at("/requests").asLong()))
                .isEqualTo(sum(booked, Booked::requests));
        assertThat(sum(totals.valueStream().toList(), it -> it.at("/input_tokens").asLong()))
                .isEqualTo(sum(booked, Booked::input));
        assertThat(sum(totals.valueStream().toList(), it -> it.at("/output_tokens").asLong()))
                .isEqualTo(sum(booked, Booked::output));
    }

    private void tell(Duration serving, Duration ended, Duration settled) {
        List<ProviderCall> provided = stack.simulator().calls();
        Collection<Booked> booked = stack.ledger().byCall().values();
        System.out.printf(
                "[fault] %s: served again after %.1f s, nothing in progress after %.1f s, settled"
                        + " after %.1f s; provider %d in %d out, ledger %d in %d out in %d calls, %d"
                        + " estimated%n",
                fault,
                serving.toMillis() / 1e3,
                ended.toMillis() / 1e3,
                settled.toMillis() / 1e3,
                sum(provided, ProviderCall::input),
                sum(provided, ProviderCall::output),
                sum(booked, Booked::input),
                sum(booked, Booked::output),
                booked.size(),
                booked.stream().filter(Booked::estimated).count());
    }

    private static <T> long sum(Collection<T> all, ToLongFunction<T> part) {
        return all.stream().mapToLong(part).sum();
    }
}
