package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A revocation holds on every replica within two seconds of the answer to whoever revoked: for
 * requests, and for streams that are open, whose calls of the model end with them.
 */
@ExtendWith(RunningStack.class)
class RevocationE2E {
    private static final Duration BOUND = Duration.ofSeconds(2);

    /** A question of each service that any member of an organization may ask. */
    private static final Map<String, String> QUESTIONS =
            Map.of(
                    "identity-service", "/v1/users/me",
                    "conversation-service", "/v1/conversations",
                    "llm-gateway-service", "/v1/models",
                    "usage-billing-service", "/v1/limits");

    private final Stack stack;

    RevocationE2E(Stack stack) {
        this.stack = stack;
    }

    @AfterEach
    void atOnceAgain() {
        stack.simulator().atOnce();
    }

    @Test
    void ofAKeyEndsItsRequestsAndOpenStreams() {
        Answer key =
                new People(stack.anyone())
                        .createKey(stack.admin(), "{\"name\":\"short-lived\"}")
                        .ok(201);
        Caller admin = stack.anyone().with(stack.admin());

        revoked(key.text("/key"), () -> admin.delete("/v1/api_keys/" + key.text("/id")).ok(200));
    }

    @Test
    void ofASessionByLoggingOutEndsItsRequestsAndOpenStreams() {
        String token = new People(stack.anyone()).newcomer().accessToken();

        revoked(token, () -> stack.anyone().with(token).post("/v1/auth/logout", "{}").ok(204));
    }

    private void revoked(String bearer, Runnable revocation) {
        QUESTIONS.forEach(
                (service, path) ->
                        stack.replicasOf(service)
                                .forEach(replica -> replica.with(bearer).get(path).ok(200)));
        stack.simulator().slowly(600, Duration.ofMillis(50));
        long before = running();
        List<OpenStream> streams = new ArrayList<>();
        for (Caller replica : stack.replicasOf("llm-gateway-service")) {
            streams.add(
                    OpenStream.at(
                            replica.with(bearer),
                            "/v1/chat/completions",
                            "{\"model\":\"simulated\",\"stream\":true,"
                                    + "\"messages\":[{\"role\":\"user\",\"content\":\"On and on.\"}]}"));
        }
        for (Caller replica : stack.replicasOf("conversation-service")) {
            streams.add(
                    OpenStream.at(
                            replica.with(bearer),
                            "/v1/responses",
                            "{\"model\":\"simulated\",\"input\":\"On and on.\",\"stream\":true}"));
        }
        eventually(
                Duration.ofSeconds(15),
                () -> assertThat(running() - before).isEqualTo(streams.size()));

        revocation.run();
        long revokedAt = System.nanoTime();

        assertRefusedEverywhere(bearer, revokedAt);
        for (OpenStream stream : streams) {
            List<String> lines = stream.lines().join();
            assertThat(Duration.ofNanos(stream.endedAt() - revokedAt))
                    .as("end of " + stream.path())
                    .isLessThan(BOUND);
            assertThat(
                            String.join(
                                    "\n",
                                    lines.subList(Math.max(0, lines.size() - 8), lines.size())))
                    .as("last words of " + stream.path())
                    .contains("invalid_token");
        }
        eventually(
                BOUND, () -> assertThat(running()).as("calls at the provider").isEqualTo(before));
        stack.ledgerRule().holds();
    }

    private void assertRefusedEverywhere(String bearer, long revokedAt) {
        List<CompletableFuture<Void>> refused = new ArrayList<>();
        QUESTIONS.forEach(
                (service, path) -> {
                    int number = 0;
                    for (Caller replica : stack.replicasOf(service)) {
                        String what = service + " " + ++number;
                        refused.add(
                                CompletableFuture.runAsync(
                                        () -> {
                                            int status = 200;
                                            while (status == 200) {
                                                assertThat(
                                                                Duration.ofNanos(
                                                                        System.nanoTime()
                                                                                - revokedAt))
                                                        .as(what)
                                                        .isLessThan(BOUND);
                                                status = replica.with(bearer).get(path).status();
                                                Eventually.pause(Duration.ofMillis(20));
                                            }
                                            assertThat(status).as(what).isEqualTo(401);
                                        }));
                    }
                });
        refused.forEach(CompletableFuture::join);
    }

    private long running() {
        return stack.simulator().calls().stream()
                .filter(call -> call.status().equals("running"))
                .count();
    }

    /** A stream that is read to its end, and when that was. */
    private static final class OpenStream {
        private final String path;
        private final CompletableFuture<List<String>> lines;
        private volatile long endedAt;

        private OpenStream(Caller caller, String path, String body) {
            this.path = path;
            this.lines =
                    CompletableFuture.supplyAsync(
                            () -> {
                                List<String> read =
                                        caller.lines("POST", path, body, Integer.MAX_VALUE);
                                endedAt = System.nanoTime();
                                return read;
                            },
                            task -> Thread.ofVirtual().start(task));
        }

        static OpenStream at(Caller caller, String path, String body) {
            return new OpenStream(caller, path, body);
        }

        String path() {
            return path;
        }

        CompletableFuture<List<String>> lines() {
            return lines;
        }

        long endedAt() {
            return endedAt;
        }
    }
}
