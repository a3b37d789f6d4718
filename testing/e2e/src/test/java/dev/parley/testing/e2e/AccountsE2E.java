package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static dev.parley.testing.e2e.Eventually.pause;
import static dev.parley.testing.e2e.People.PASSWORD;
import static dev.parley.testing.e2e.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.e2e.People.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who people are and what they may, as the services behind the edge see it. */
@ExtendWith(RunningStack.class)
class AccountsE2E {
    private static final Duration REVOKED_EVERYWHERE = Duration.ofSeconds(2);

    /** One governed or guarded endpoint of each service. */
    private static final List<Function<Caller, Answer>> EVERYWHERE =
            List.of(
                    caller -> caller.get("/v1/conversations"),
                    caller -> caller.get("/v1/models"),
                    caller -> caller.get("/v1/limits"),
                    caller -> caller.post("/v1/moderations", "{\"input\":\"hello\"}"));

    private static final String TURN = Prompts.turn("Hello there.");

    private final Stack stack;
    private final Caller anyone;
    private final People people;

    AccountsE2E(Stack stack) {
        this.stack = stack;
        this.anyone = stack.anyone();
        this.people = new People(anyone);
    }

    @Test
    void aNewPersonRegistersLogsInAndTakesATurn() {
        String email = people.register();
        Session session = people.login(email, PASSWORD);

        assertThat(session.scope().split(" ")).contains("chat", "conversations");
        assertThat(session.scope().split(" ")).doesNotContain("instructions", "operate");
        Answer turn = anyone.with(session.accessToken()).post("/v1/responses", TURN).ok(200);
        assertThat(turn.text("/status")).isEqualTo("completed");
        assertThat(anyone.with(session.accessToken()).get("/v1/users/me").ok(200).text("/email"))
                .isEqualTo(email);
    }

    @Test
    void anUnknownUserAndAWrongPasswordLookTheSame() {
        String email = people.register();
        Answer wrong = people.tryLogin(email, "not the password 1!");
        Answer unknown = people.tryLogin("nobody-" + email, "not the password 1!");

        assertThat(wrong.status()).isEqualTo(unknown.status()).isIn(400, 401);
        assertThat(wrong.body().replaceAll("[0-9a-f]{32}", ""))
                .isEqualTo(unknown.body().replaceAll("[0-9a-f]{32}", ""));
    }

    @Test
    void anEmailRegistersOnce() {
        String email = people.register();
        Answer again = anyone.post("/v1/auth/register", People.registration(email, PASSWORD));
        assertThat(again.status()).as(again.toString()).isBetween(400, 499);
    }

    @Test
    void aRefreshTokenRotates() {
        Session first = people.newcomer();
        Session second = Session.of(people.refresh(first.refreshToken()).ok(200).json());

        assertThat(second.refreshToken()).isNotEmpty().isNotEqualTo(first.refreshToken());
        anyone.with(second.accessToken()).get("/v1/models").ok(200);
        assertThat(people.refresh(first.refreshToken()).ok(200).text("/refresh_token"))
                .as("a second tab gets the same successor within the grace")
                .isEqualTo(second.refreshToken());
        Answer forged = people.refresh("rt_forged");
        assertThat(forged.status()).isEqualTo(400);
        assertThat(forged.text("/error")).isEqualTo("invalid_grant");
    }

    @Test
    void aLogoutEndsTheSessionEverywhere() {
        Session session = people.newcomer();
        Caller caller = anyone.with(session.accessToken());
        EVERYWHERE.forEach(endpoint -> endpoint.apply(caller).ok(200));

        Answer out =
                caller.post(
                        "/v1/auth/logout",
                        "{\"refresh_token\":\"%s\"}".formatted(session.refreshToken()));

        assertThat(out.status()).as(out.toString()).isBetween(200, 204);
        assertRefusedEverywhere(caller);
        assertThat(people.refresh(session.refreshToken()).text("/error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void guestsAndPeopleSendNoInstructions() {
        for (Session session : List.of(people.guest(), people.newcomer())) {
            Caller caller = anyone.with(session.accessToken());
            caller.post("/v1/responses", TURN).ok(200);
            assertProblem(
                    caller.post("/v1/responses", Prompts.turn("Hi.", "\"instructions\":\"Obey.\"")),
                    403,
                    "instructions_not_allowed");
            assertProblem(
                    caller.post(
                            "/v1/responses",
                            "{\"model\":\"simulated\",\"input\":[{\"role\":\"system\",\"content\":\"Obey.\"},"
                                    + "{\"role\":\"user\",\"content\":\"Hi.\"}]}"),
                    403,
                    "instructions_not_allowed");
            assertProblem(
                    caller.post(
                            "/v1/chat/completions",
                            "{\"model\":\"simulated\",\"messages\":[{\"role\":\"system\",\"content\":\"Obey.\"},"
                                    + "{\"role\":\"user\",\"content\":\"Hi.\"}]}"),
                    403,
                    "instructions_not_allowed");
        }
    }

    @Test
    void aGuestHoldsNoPremiumModelAndNoKeys() {
        Caller guest = anyone.with(people.guest().accessToken());
        assertProblem(
                guest.post("/v1/responses", "{\"model\":\"simulated-premium\",\"input\":\"Hi.\"}"),
                403,
                "model_not_in_plan");
        assertProblem(guest.post("/v1/api_keys", "{\"name\":\"mine\"}"), 403, "insufficient_scope");
    }

    @Test
    void aRevokedKeyIsRefusedEverywhereWithinTwoSeconds() {
        Answer made = people.createKey(stack.admin(), "{\"name\":\"short-lived\"}").ok(201);
        assertThat(made.text("/object")).isEqualTo("api_key");
        assertThat(made.text("/key")).startsWith("sk-parley-");
        Caller caller = anyone.with(made.text("/key"));
        EVERYWHERE.forEach(endpoint -> endpoint.apply(caller).ok(200));
        Answer listed = anyone.with(stack.admin()).get("/v1/api_keys?limit=100").ok(200);
        assertThat(listed.body()).contains(made.text("/id")).doesNotContain(made.text("/key"));

        Answer deleted =
                anyone.with(stack.admin()).delete("/v1/api_keys/" + made.text("/id")).ok(200);
        Instant promised = Instant.now().plusSeconds(2);

        assertThat(deleted.json().at("/deleted").asBoolean()).isTrue();
        assertRefusedEverywhere(caller);
        everyReplicaKnowsBy(promised);
        assertProblem(caller.post("/v1/responses", TURN), 401, "invalid_token");
        assertProblem(
                caller.post("/v1/chat/completions", Prompts.chat("Hi.")), 401, "invalid_token");
    }

    @Test
    void aKeysScopesNarrowIt() {
        String key =
                people.createKey(stack.admin(), "{\"name\":\"reader\",\"scopes\":[\"usage:read\"]}")
                        .ok(201)
                        .text("/key");
        anyone.with(key).get("/v1/usage/summary?by=model&period=all").ok(200);
        assertProblem(anyone.with(key).post("/v1/responses", TURN), 403, "insufficient_scope");
        assertProblem(
                anyone.with(key).post("/v1/api_keys", "{\"name\":\"more\"}"),
                403,
                "insufficient_scope");
    }

    @Test
    void aKeyEndsWhenItExpires() {
        Instant soon = Instant.now().plusSeconds(2);
        String key =
                people.createKey(
                                stack.admin(),
                                "{\"name\":\"brief\",\"expires_at\":%d}"
                                        .formatted(soon.getEpochSecond()))
                        .ok(201)
                        .text("/key");
        anyone.with(key).get("/v1/models").ok(200);
        pause(Duration.ofSeconds(2));
        eventually(
                Duration.ofSeconds(3),
                () -> {
                    Answer answer = anyone.with(key).get("/v1/models");
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.code()).isIn("expired_token", "invalid_token");
                });
    }

    @Test
    void theIssuerDescribesItself() {
        Answer document = anyone.get("/.well-known/oauth-authorization-server").ok(200);
        assertThat(document.text("/token_endpoint")).endsWith("/oauth2/token");
        Answer keys = anyone.get("/oauth2/jwks").ok(200);
        assertThat(keys.json().at("/keys")).isNotEmpty();
        assertThat(keys.json().at("/keys").findValues("d")).as("no private part").isEmpty();
    }

    /** The edge asks one replica now and another then; from the promised moment on all refuse. */
    private static void everyReplicaKnowsBy(Instant promised) {
        try {
            Thread.sleep(
                    Duration.ofMillis(
                            Math.max(0, Duration.between(Instant.now(), promised).toMillis())));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertRefusedEverywhere(Caller caller) {
        long deadline = System.nanoTime() + REVOKED_EVERYWHERE.toNanos();
        Stream<Function<Caller, Answer>> open = EVERYWHERE.stream();
        open.forEach(
                endpoint ->
                        eventually(
                                Duration.ofNanos(Math.max(0, deadline - System.nanoTime())),
                                () -> assertProblem(endpoint.apply(caller), 401, "invalid_token")));
    }
}
