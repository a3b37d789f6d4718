package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.pause;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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

    private static final int ROUNDS = 3;
    private static final String TURN = Prompts.turn("Are you there?");
    private static final String CHAT = Prompts.chat("Are you there?");

    private final Stack stack;
    private final People people;
    private final String email;

    PostgresRestartE2E(Stack stack) {
        this.stack = stack;
        stack.awaitReady(Duration.ofSeconds(30));
        this.people = new People(stack.anyone());
        this.email = people.register();
    }

    @Test
    void streamsFinishAndNewCallsAreToldToComeBack() {
        Caller caller = stack.anyone().with(stack.apiKey());
        stack.simulator().slowly(160, Duration.ofMillis(50));
        List<WatchedTurn> turns =
                Stream.of("One.", "Two.", "Three.", "Four.")
                        .map(input -> WatchedTurn.begin(caller, input))
                        .toList();
        turns.forEach(WatchedTurn::awaitText);
        List<String> unknownKeys = Stream.generate(this::newKey).limit(ROUNDS + 1).toList();
        List<CompletableFuture<Answer>> refused = new ArrayList<>();
        List<CompletableFuture<Answer>> served = new ArrayList<>();
        Aftermath aftermath = Aftermath.of(stack, "PostgreSQL restarted");

        stack.processes().takeAway("postgres", 1);
        assertThat(stack.database("conversation").isThere()).as("the server is down").isFalse();
        for (int i = 0; i < ROUNDS; i++) {
            Caller stranger = stack.anyone().with(unknownKeys.get(i));
            refused.add(ask(() -> caller.get("/v1/conversations")));
            refused.add(ask(() -> caller.post("/v1/responses", TURN)));
            refused.add(ask(() -> caller.post("/v1/chat/completions", CHAT)));
            refused.add(ask(() -> people.tryLogin(email, People.PASSWORD)));
            refused.add(ask(() -> stranger.get("/v1/models")));
            // By themselves: the edge leaves out who is not ready without a database.
            stack.replicasOf("identity-service")
                    .forEach(replica -> served.add(ask(() -> replica.get("/oauth2/jwks"))));
            pause(Duration.ofMillis(200));
        }
        refused.forEach(CompletableFuture::join);
        assertThat(stack.database("conversation").isThere()).as("it was down").isFalse();
        pause(AWAY.minus(aftermath.sinceItStruck()));
        stack.processes().bringBack("postgres", 1);
        Duration away = aftermath.sinceItStruck();

        turns.forEach(turn -> turn.awaitEnd(Duration.ofSeconds(30)));
        assertThat(turns).as("they outlive it").allMatch(WatchedTurn::whole);
        for (CompletableFuture<Answer> asked : refused) {
            Answer answer = asked.join();
            Problems.assertProblem(answer, 503, "dependency_unavailable");
            assertThat(answer.header("retry-after")).as(answer.toString()).isPresent();
        }
        served.forEach(asked -> asked.join().ok(200));
        System.out.printf("[fault] PostgreSQL was away for %.1f s%n", away.toMillis() / 1e3);
        aftermath.holds(turns);
        people.login(email, People.PASSWORD);
        stack.anyone().with(unknownKeys.getLast()).get("/v1/models").ok(200);
        stack.anyone().with(unknownKeys.getFirst()).get("/v1/models").ok(200);
    }

    /** One that no service has seen: it has to be exchanged at identity. */
    private String newKey() {
        return people.createKey(stack.admin(), "{\"name\":\"new\"}").ok(201).text("/key");
    }

    private static CompletableFuture<Answer> ask(Supplier<Answer> question) {
        return supplyAsync(question, task -> Thread.ofVirtual().start(task));
    }
}
