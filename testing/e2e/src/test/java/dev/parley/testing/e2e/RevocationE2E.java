package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** A question of each service that any member of an organization may ask. */
    private static final Map<String, Function<Caller, Answer>> QUESTIONS =
            Map.of(
                    "identity-service", caller -> caller.get("/v1/users/me"),
                    "conversation-service", caller -> caller.get("/v1/conversations"),
                    "llm-gateway-service", caller -> caller.get("/v1/models"),
                    "usage-billing-service", caller -> caller.get("/v1/limits"),
                    "moderation-service",
                            caller ->
                                    caller.post(
                                            "/v1/moderations",
                                            "{\"input\":\"%s\"}".formatted(Planted.in("Hello."))));

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

    @Test
    void ofOneAccessTokenEndsItsRequestsAndOpenStreams() {
        String token = new People(stack.anyone()).newcomer().accessToken();
        String form = "client_id=parley&token=" + token;

        revoked(token, () -> stack.anyone().form("/oauth2/revoke", form).ok(200));
    }

    @Test
    void ofAllOtherSessionsByChangingThePasswordEndsTheirRequestsAndOpenStreams() {
        People people = new People(stack.anyone());
        String email = people.register();
        String other = people.login(email, People.PASSWORD).accessToken();
        Caller own = stack.anyone().with(people.login(email, People.PASSWORD).accessToken());
        String change =
                "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
                        .formatted(People.PASSWORD, Planted.secret("another good password 7?"));

        revoked(other, () -> own.post("/v1/auth/password", change).ok(204));

        QUESTIONS.values().forEach(question -> question.apply(own).ok(200));
    }

    private void revoked(String bearer, Runnable revocation) {
        QUESTIONS.forEach(
                (service, question) ->
                        stack.replicasOf(service)
                                .forEach(replica -> question.apply(replica.with(bearer)).ok(200)));
        stack.simulator().slowly(600, Duration.ofMillis(50));
        long before = running();
        List<FollowedStream> streams = new ArrayList<>();
        for (Caller replica : stack.replicasOf("llm-gateway-service")) {
            streams.add(
                    FollowedStream.of(
                            replica.with(bearer),
                            "POST",
                            "/v1/chat/completions",
                            Prompts.chat("On and on.", "\"stream\":true")));
        }
        for (Caller replica : stack.replicasOf("conversation-service")) {
            streams.add(
                    FollowedStream.of(
                            replica.with(bearer),
                            "POST",
                            "/v1/responses",
                            Prompts.turn("On and on.", "\"stream\":true")));
        }
        eventually(
                Duration.ofSeconds(15),
                () -> assertThat(running() - before).isEqualTo(streams.size()));

        revocation.run();
        long revokedAt = System.nanoTime();

        assertRefusedEverywhere(bearer, revokedAt);
        for (FollowedStream stream : streams) {
            stream.awaitEnd(PATIENCE);
            assertThat(Duration.ofNanos(stream.endedAt() - revokedAt))
                    .as("end of " + stream)
                    .isLessThan(BOUND);
            assertThat(stream.toString()).as("its last words").contains("invalid_token");
        }
        eventually(
                BOUND, () -> assertThat(running()).as("calls at the provider").isEqualTo(before));
        stack.ledgerRule().holds();
    }

    private void assertRefusedEverywhere(String bearer, long revokedAt) {
        List<CompletableFuture<Void>> refused = new ArrayList<>();
        QUESTIONS.forEach(
                (service, question) -> {
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
                                                status =
                                                        question.apply(replica.with(bearer))
                                                                .status();
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
}
