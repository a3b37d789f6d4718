package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.e2e.Ledger.Booked;
import dev.parley.testing.e2e.Simulator.ProviderCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/**
 * What "the ledger equals the provider" means: equal, call by call, for what ended by itself;
 * flagged, bounded and never ahead of the provider for what was cut; never zero, never twice.
 */
final class LedgerRule {
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);
    private static final Duration CUT = Duration.ofSeconds(1);
    private static final Duration KILLED = Duration.ofSeconds(3);

    /** The provider's clock starts later than ours, by what the request was under way. */
    private static final Duration GIVEN_UP = RunningStack.FIRST_TOKEN_TIMEOUT.minusSeconds(1);

    /** Ends that are ours or the caller's: the provider may have said all by then. */
    private static final Set<String> CUT_SHORT =
            Set.of("client_gone", "cancelled", "content_filter");

    private final Simulator simulator;
    private final Ledger ledger;
    private final Set<String> killed;

    /**
     * The rule.
     *
     * @param killed the calls that were under way at a {@code kill -9}
     */
    LedgerRule(Simulator simulator, Ledger ledger, Set<String> killed) {
        this.simulator = simulator;
        this.ledger = ledger;
        this.killed = killed;
    }

    /** Checks every call so far. */
    void holds() {
        eventually(
                SETTLED_WITHIN,
                () -> {
                    assertThat(simulator.calls())
                            .noneMatch(call -> call.status().equals("running"));
                    check();
                    assertThat(ledger.openReservations()).as("open reservations").isZero();
                });
    }

    private void check() {
        Map<String, List<ProviderCall>> provided =
                simulator.calls().stream().collect(Collectors.groupingBy(ProviderCall::id));
        Map<String, Booked> booked = ledger.byCall();
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(booked.keySet()).as("booked calls").isSubsetOf(provided.keySet());
        provided.forEach(
                (id, attempts) -> {
                    List<ProviderCall> billable =
                            attempts.stream().filter(LedgerRule::producedSomething).toList();
                    if (billable.isEmpty()) {
                        softly.assertThat(booked.get(id))
                                .as("nothing was produced, so nothing is booked: " + attempts)
                                .matches(it -> it == null || it.input() + it.output() == 0);
                        return;
                    }
                    Booked entry = booked.get(id);
                    softly.assertThat(entry).as("never zero: " + attempts).isNotNull();
                    if (entry != null) {
                        compare(softly, billable, entry);
                    }
                });
        softly.assertAll();
    }

    /**
     * Not so an attempt that the provider refused, which may have been made again, nor one that it
     * left without a sign of life until we gave up, though it may have read the prompt.
     */
    private static boolean producedSomething(ProviderCall attempt) {
        boolean givenUp = attempt.lasted(GIVEN_UP);
        return attempt.output() > 0 || (attempt.input() > 0 && !givenUp);
    }

    private void compare(SoftAssertions softly, List<ProviderCall> attempts, Booked entry) {
        String what = attempts + " booked as " + entry;
        long input = attempts.stream().mapToLong(ProviderCall::input).sum();
        long output = attempts.stream().mapToLong(ProviderCall::output).sum();
        boolean whole = attempts.stream().allMatch(it -> it.status().equals("completed"));
        softly.assertThat(entry.requests()).as("one call, never twice: " + what).isEqualTo(1);
        boolean byItself =
                whole && !CUT_SHORT.contains(entry.finish()) && !killed.contains(entry.call());
        softly.assertThat(entry.estimated() && byItself)
                .as("estimated, though it ended by itself: " + what)
                .isFalse();
        if (whole && !entry.estimated()) {
            softly.assertThat(entry.input()).as("input: " + what).isEqualTo(input);
            softly.assertThat(entry.output()).as("output: " + what).isEqualTo(output);
            return;
        }
        long tolerance =
                attempts.stream()
                        .mapToLong(
                                it -> it.outputWithinLast(killed.contains(it.id()) ? KILLED : CUT))
                        .sum();
        softly.assertThat(entry.estimated()).as("flagged: " + what).isTrue();
        softly.assertThat(entry.input() + entry.output()).as("never zero: " + what).isPositive();
        softly.assertThat(entry.input()).as("input: " + what).isEqualTo(input);
        softly.assertThat(output - entry.output()).as("output: " + what).isBetween(0L, tolerance);
        softly.assertThat(entry.input())
                .as("within the reservation: " + what)
                .isLessThanOrEqualTo(entry.reservedInput());
        softly.assertThat(entry.output())
                .as("within the reservation: " + what)
                .isLessThanOrEqualTo(entry.grantedOutput());
    }
}
