package dev.parley.testing.e2e;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM to one of two replicas: no caller notices. */
@Order(Integer.MAX_VALUE - 2)
@ExtendWith(RunningStack.class)
class DrainE2E {
    private static final Duration PACE = Duration.ofMillis(50);
    private static final String CHAT = Prompts.chat("Hello.");

    private final Stack stack;
    private final Caller caller;

    DrainE2E(Stack stack) {
        this.stack = stack;
        this.caller = stack.anyone().with(stack.apiKey());
        stack.needs(stack.replicas() > 1, "a second replica to take over");
        stack.awaitReady(Duration.ofSeconds(30));
    }

    /**
     * The first two get streams that run on for longer than a lease (10 s) after the signal, so
     * that whatever renews leases is seen to go on.
     */
    @ParameterizedTest
    @CsvSource({
        "llm-gateway-service, 280",
        "conversation-service, 280",
        "usage-billing-service moderation-service identity-service, 60"
    })
    void streamsEndWholeAndNewCallsAreServedByTheOther(String services, int tokens) {
        List<String> ending = List.of(services.split(" ", -1));
        stack.simulator().slowly(tokens, PACE);
        List<WatchedTurn> turns =
                Stream.of("One.", "Two.", "Three.", "Four.")
                        .map(input -> WatchedTurn.begin(caller, input))
                        .toList();
        turns.forEach(WatchedTurn::awaitText);
        stack.simulator().atOnce();
        List<Answer> meanwhile = new CopyOnWriteArrayList<>();

        Aftermath aftermath = Aftermath.of(stack, "SIGTERM to " + services);
        CompletableFuture<?> gone =
                CompletableFuture.allOf(
                        ending.stream()
                                .map(it -> runAsync(() -> stack.processes().takeAway(it, 1)))
                                .toArray(CompletableFuture<?>[]::new));
        Set<String> unready = new HashSet<>();
        while (!gone.isDone()) {
            meanwhile.add(caller.post("/v1/chat/completions", CHAT));
            meanwhile.add(caller.post("/v1/responses", Prompts.turn("Hi.")));
            meanwhile.add(stack.anyone().with(stack.admin()).get("/v1/users/me"));
            meanwhile.add(caller.get("/v1/limits"));
            meanwhile.add(caller.post("/v1/moderations", "{\"input\":\"Hello.\"}"));
            for (String service : ending) {
                if (!Stack.ready(stack.management(service).getFirst())) {
                    unready.add(service);
                }
            }
        }
        gone.join();
        Duration took = aftermath.sinceItStruck();
        for (WatchedTurn turn : turns) {
            turn.awaitEnd(Duration.ofSeconds(30));
        }
        ending.forEach(service -> stack.processes().bringBack(service, 1));

        assertThat(unready).as("readiness went off").containsAll(ending);
        assertThat(turns).allMatch(WatchedTurn::whole);
        assertThat(turns).allMatch(turn -> turn.text().split(" ", -1).length == tokens);
        assertThat(meanwhile).hasSizeGreaterThan(8);
        assertThat(meanwhile).allSatisfy(answer -> answer.ok(200));
        assertThat(took).as("it ended by itself").isLessThan(Duration.ofSeconds(30));
        System.out.printf(
                "[fault] SIGTERM to %s: gone after %.1f s, %d calls meanwhile%n",
                services, took.toMillis() / 1e3, meanwhile.size());
        aftermath.holds(turns);
    }
}
