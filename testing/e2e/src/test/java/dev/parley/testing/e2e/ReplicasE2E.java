package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What must not depend on the replica that a request happens to reach. */
@ExtendWith(RunningStack.class)
class ReplicasE2E {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Stack stack;

    ReplicasE2E(Stack stack) {
        this.stack = stack;
        stack.needs(stack.replicas() > 1, "a second replica of each service");
    }

    @Test
    void anyReplicaContinuesReplaysAndCancels() {
        Caller caller = stack.anyone().with(stack.apiKey());
        String[] previous = {};
        for (int i = 0; i < 6; i++) {
            Answer turn =
                    caller.post("/v1/responses", Prompts.turn("Turn " + i + ".", previous)).ok(200);
            assertThat(turn.text("/status")).isEqualTo("completed");
            previous = new String[] {"\"previous_response_id\":\"" + turn.text("/id") + "\""};
            for (int reads = 0; reads < 4; reads++) {
                assertThat(caller.get("/v1/responses/" + turn.text("/id")).ok(200).text("/status"))
                        .isEqualTo("completed");
            }
        }
        stack.simulator().slowly(60, Duration.ofMillis(40));
        for (int i = 0; i < 4; i++) {
            List<String> begun = stream(caller, "POST", "/v1/responses", 10);
            String id = idOf(begun);
            if (i % 2 == 0) {
                List<String> resumed =
                        stream(caller, "GET", "/v1/responses/" + id + "?stream=true", 10_000);
                assertThat(resumed).contains("event: response.completed", "data: [DONE]");
                assertThat(resumed.subList(0, begun.size())).isEqualTo(begun);
            } else {
                Answer cancelled = caller.post("/v1/responses/" + id + "/cancel", "").ok(200);
                assertThat(cancelled.text("/status")).isEqualTo("cancelled");
            }
        }
        stack.simulator().atOnce();
        stack.ledgerRule().holds();
    }

    @Test
    void aRevokedKeyIsRefusedByEveryReplica() {
        Answer made =
                new People(stack.anyone())
                        .createKey(stack.admin(), "{\"name\":\"short-lived\"}")
                        .ok(201);
        Caller caller = stack.anyone().with(made.text("/key"));
        for (int i = 0; i < 6; i++) {
            caller.get("/v1/models").ok(200);
        }
        stack.anyone().with(stack.admin()).delete("/v1/api_keys/" + made.text("/id")).ok(200);
        eventually(
                Duration.ofSeconds(2),
                () -> {
                    for (int i = 0; i < 6; i++) {
                        assertThat(caller.get("/v1/models").status()).isEqualTo(401);
                    }
                });
    }

    @Test
    void aKilledReplicaIsLeftOutAndComesBack() {
        Caller caller = stack.anyone().with(stack.apiKey());
        stack.awaitReady(READY_WITHIN);
        stack.kill("conversation-service", 2);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(caller.get("/v1/conversations").status());
        }
        assertThat(statuses).as("one request may meet the dying replica").contains(200);
        assertThat(statuses.subList(2, statuses.size())).containsOnly(200);
        caller.post("/v1/responses", Prompts.turn("Still here.")).ok(200);
        stack.ledgerRule().holds();
        stack.awaitReady(READY_WITHIN);
        stack.replicasOf("conversation-service")
                .get(1)
                .with(stack.apiKey())
                .get("/v1/conversations")
                .ok(200);
    }

    private static List<String> stream(Caller caller, String method, String path, int lines) {
        String body = method.equals("POST") ? Prompts.turn("Slowly.", "\"stream\":true") : null;
        return caller.lines(method, path, body, lines);
    }

    private static String idOf(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Answer.parse(line.substring(6)).at("/response/id").asText())
                .findFirst()
                .orElseThrow();
    }
}
