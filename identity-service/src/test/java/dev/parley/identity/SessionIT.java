package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class SessionIT {
    private static final int GRACE_MILLIS = 2000;

    @Test
    void logsInWithATokenResponseOfRfc6749() {
        String email = Api.anEmail();
        String user = Api.register(email).path("id");

        Response answer = Api.login(email.toUpperCase(java.util.Locale.ROOT), Api.PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.<String>path("token_type")).isEqualTo("Bearer");
        assertThat(answer.<Integer>path("expires_in")).isEqualTo(600);
        assertThat(answer.<String>path("refresh_token")).startsWith("rt_");
        String jwt = answer.path("access_token");
        JsonNode header = Api.header(jwt);
        assertThat(header.path("typ").asText()).isEqualTo("at+jwt");
        assertThat(header.path("alg").asText()).isEqualTo("ES256");
        assertThat(header.path("kid").asText()).startsWith("sig_");
        JsonNode claims = Api.claims(jwt);
        assertThat(claims.path("iss").asText()).isEqualTo(IdentityUnderTest.ISSUER);
        assertThat(claims.path("aud").asText()).isEqualTo("parley");
        assertThat(claims.path("sub").asText()).isEqualTo(user);
        assertThat(claims.path("org").asText()).startsWith("org_");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"admin\",\"user\"]");
        assertThat(claims.path("client_id").asText()).isEqualTo("parley");
        assertThat(claims.path("sid").asText()).startsWith("sess_");
        assertThat(claims.path("scope").asText().split(" ", -1))
                .contains("chat", "conversations", "usage:read", "keys:manage", "users:manage")
                .doesNotContain("instructions", "operate");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(600);
        assertThat(claims.has("act")).isFalse();
    }

    @Test
    void showsTheCallersOwnAccount() {
        String email = Api.anEmail();
        String user = Api.register(email).path("id");
        String token = Api.login(email, Api.PASSWORD).path("access_token");

        Response me = Api.bearer(token).get("/v1/users/me");
        Response byId = Api.bearer(token).get("/v1/users/" + user);
        Response other =
                Api.bearer(token).get("/v1/users/" + Api.register(Api.anEmail()).path("id"));

        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(me.<String>path("id")).isEqualTo(user);
        assertThat(byId.asString()).isEqualTo(me.asString());
        assertThat(other.statusCode()).isEqualTo(404);
    }

    @Test
    void answersAnUnknownAddressLikeAWrongPassword() {
        String email = Api.anEmail();
        Api.register(email);

        Response wrong = Api.login(email, "not the password");
        Response unknown = Api.login(Api.anEmail(), "not the password");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.getHeader("WWW-Authenticate")).startsWith("Bearer");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.<Object>path("error")).isEqualTo(wrong.<Object>path("error"));
        assertThat(unknown.<String>path("detail")).isEqualTo(wrong.<String>path("detail"));
    }

    @Test
    void refusesBadLogins() {
        assertThat(Api.login("no address", "x").<String>path("error.param")).isEqualTo("email");
        assertThat(Api.login("a@b.c", "x".repeat(600)).<String>path("error.param"))
                .isEqualTo("password");
        Response extra =
                Api.json()
                        .body(Map.of("email", "a@b.c", "password", "x", "remember", true))
                        .post("/v1/auth/login");
        assertThat(extra.<String>path("error.code")).isEqualTo("unknown_parameter");
    }

    @Test
    void locksAnAccountOutAfterTooManyAttemptsWhereverTheyComeFrom() throws Exception {
        String email = Api.anEmail();
        Api.register(email);

        List<Response> answers = atOnce(12, () -> Api.login(email, "guess"));

        long guesses = answers.stream().filter(a -> a.statusCode() == 401).count();
        assertThat(guesses).isEqualTo(IdentityUnderTest.FREE_ATTEMPTS_PER_ACCOUNT);
        Response locked = Api.login(email, Api.PASSWORD);
        assertThat(locked.statusCode()).isEqualTo(429);
        assertThat(locked.<String>path("error.code")).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(locked.getHeader("Retry-After"))).isBetween(1, 20);
    }

    @Test
    void locksAnUnknownAccountOutAlike() {
        String email = Api.anEmail();
        for (int i = 0; i < IdentityUnderTest.FREE_ATTEMPTS_PER_ACCOUNT; i++) {
            assertThat(Api.login(email, "guess").statusCode()).isEqualTo(401);
        }
        assertThat(Api.login(email, "guess").statusCode()).isEqualTo(429);
    }

    @Test
    void locksAnAddressOutThatGuessesAtManyAccounts() {
        String address = Api.anAddress();
        for (int i = 0; i < IdentityUnderTest.FREE_ATTEMPTS_PER_ADDRESS; i++) {
            assertThat(guess(address).statusCode()).isEqualTo(401);
        }

        assertThat(guess(address).statusCode()).isEqualTo(429);
        assertThat(guess(Api.anAddress()).statusCode()).isEqualTo(401);
    }

    @Test
    void successStartsTheAccountsCountAgain() {
        String email = Api.anEmail();
        Api.register(email);
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i < IdentityUnderTest.FREE_ATTEMPTS_PER_ACCOUNT; i++) {
                assertThat(Api.login(email, "guess").statusCode()).isEqualTo(401);
            }
            assertThat(Api.login(email, Api.PASSWORD).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void rotatesRefreshTokens() {
        Response first = Api.aSession();

        Response second = Api.refresh(first.path("refresh_token"));
        Response third = Api.refresh(second.path("refresh_token"));

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.<String>path("refresh_token"))
                .isNotEqualTo(first.<String>path("refresh_token"));
        assertThat(second.<String>path("access_token"))
                .isNotEqualTo(first.<String>path("access_token"));
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(Api.claims(third.path("access_token")).path("sid"))
                .isEqualTo(Api.claims(first.path("access_token")).path("sid"));
    }

    @Test
    void givesTheSameSuccessorToAllWhoRefreshAtOnce() throws Exception {
        String refreshToken = Api.aSession().path("refresh_token");

        List<Response> answers = atOnce(16, () -> Api.refresh(refreshToken));

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        List<String> successors =
                answers.stream().map(a -> a.<String>path("refresh_token")).distinct().toList();
        assertThat(successors).hasSize(1);
        assertThat(Api.refresh(successors.getFirst()).statusCode()).isEqualTo(200);
    }

    @Test
    void revokesTheSessionWhenAUsedTokenComesBackAfterTheGrace() throws Exception {
        Response first = Api.aSession();
        Response second = Api.refresh(first.path("refresh_token"));
        Thread.sleep(GRACE_MILLIS + 200);

        Response reused = Api.refresh(first.path("refresh_token"));

        assertThat(reused.statusCode()).isEqualTo(400);
        assertThat(reused.<String>path("error")).isEqualTo("invalid_grant");
        assertThat(Api.refresh(second.path("refresh_token")).statusCode()).isEqualTo(400);
        Eventually.within2Seconds(
                () ->
                        assertThat(
                                        Api.bearer(second.path("access_token"))
                                                .get("/v1/users/me")
                                                .statusCode())
                                .isEqualTo(401));
    }

    @Test
    void revokesTheSessionWhenAnOlderTokenComesBackAtAll() {
        Response first = Api.aSession();
        Response second = Api.refresh(first.path("refresh_token"));
        Response third = Api.refresh(second.path("refresh_token"));

        assertThat(Api.refresh(first.path("refresh_token")).statusCode()).isEqualTo(400);
        assertThat(Api.refresh(third.path("refresh_token")).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesForgedRefreshTokens() {
        String good = Api.aSession().path("refresh_token");
        String[] parts = good.split("\\.", -1);

        for (String forged :
                List.of(
                        parts[0] + ".2." + parts[2],
                        "rt_" + "0".repeat(32) + ".1." + parts[2],
                        good + "x",
                        parts[0] + "." + parts[1],
                        "rt_")) {
            assertThat(Api.refresh(forged).<String>path("error"))
                    .as(forged)
                    .isEqualTo("invalid_grant");
        }
        assertThat(Api.refresh(good).statusCode()).isEqualTo(200);
    }

    @Test
    void logoutEndsTheSessionEverywhere() {
        Response session = Api.aSession();
        String token = session.path("access_token");

        Response answer = Api.bearer(token).post("/v1/auth/logout");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(Api.refresh(session.path("refresh_token")).statusCode()).isEqualTo(400);
        assertThat(Api.exchange("llm-gateway-service", token, Api.ACCESS_TOKEN).statusCode())
                .isEqualTo(400);
        Eventually.within2Seconds(
                () ->
                        assertThat(Api.bearer(token).get("/v1/users/me").statusCode())
                                .isEqualTo(401));
    }

    @Test
    void logoutEndsTheSessionOfTheRefreshTokenOnlyIfItIsTheCallersOwn() {
        String email = Api.anEmail();
        Api.register(email);
        String token = Api.login(email, Api.PASSWORD).path("access_token");
        String ownOther = Api.login(email, Api.PASSWORD).path("refresh_token");
        String foreign = Api.aSession().path("refresh_token");

        logout(token, foreign);
        assertThat(Api.refresh(foreign).statusCode()).isEqualTo(200);

        String again = Api.login(email, Api.PASSWORD).path("access_token");
        logout(again, ownOther);
        assertThat(Api.refresh(ownOther).statusCode()).isEqualTo(400);
    }

    @Test
    void changingThePasswordEndsTheOtherSessions() {
        String email = Api.anEmail();
        Api.register(email);
        Response here = Api.login(email, Api.PASSWORD);
        Response elsewhere = Api.login(email, Api.PASSWORD);

        Response wrong = Api.changePassword(here.path("access_token"), "wrong", "a new password");
        Response weak = Api.changePassword(here.path("access_token"), Api.PASSWORD, "short");
        Response done =
                Api.changePassword(here.path("access_token"), Api.PASSWORD, "a new password");

        assertThat(wrong.<String>path("error.param")).isEqualTo("current_password");
        assertThat(weak.<String>path("error.param")).isEqualTo("new_password");
        assertThat(done.statusCode()).isEqualTo(204);
        assertThat(Api.refresh(elsewhere.path("refresh_token")).statusCode()).isEqualTo(400);
        assertThat(Api.refresh(here.path("refresh_token")).statusCode()).isEqualTo(200);
        assertThat(Api.login(email, Api.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(Api.login(email, "a new password").statusCode()).isEqualTo(200);
    }

    @Test
    void makesGuestsInTheirOneOrganizationUpToTheCap() {
        String address = Api.anAddress();
        List<Response> guests = new ArrayList<>();
        for (int i = 0; i < IdentityUnderTest.GUESTS_PER_HOUR; i++) {
            guests.add(guest(address));
        }
        Response refused = guest(address);

        assertThat(guests).allMatch(answer -> answer.statusCode() == 200);
        List<JsonNode> claims =
                guests.stream().map(g -> Api.claims(g.path("access_token"))).toList();
        assertThat(claims.stream().map(c -> c.path("sub").asText()).distinct()).hasSize(3);
        assertThat(claims.stream().map(c -> c.path("org").asText()).distinct())
                .containsExactly("org_00000000000070008000000000000001");
        assertThat(claims.getFirst().path("roles").toString()).isEqualTo("[\"guest\"]");
        assertThat(claims.getFirst().path("scope").asText())
                .isEqualTo("chat conversations usage:read");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.<String>path("error.code")).isEqualTo("rate_limited");
        Response me = Api.bearer(guests.getFirst().path("access_token")).get("/v1/users/me");
        assertThat(me.<Object>path("email")).isNull();
        assertThat(Api.refresh(guests.getFirst().path("refresh_token")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void neitherLooksAtAPasswordThatIsTooLongNorCountsIt() {
        String email = Api.anEmail();
        Api.register(email);
        String token = Api.login(email, Api.PASSWORD).path("access_token");
        String tooLong = "x".repeat(513);
        for (int i = 0; i <= IdentityUnderTest.FREE_ATTEMPTS_PER_ACCOUNT; i++) {
            assertThat(Api.login(email, tooLong).<String>path("error.param")).isEqualTo("password");
            Response refused = Api.changePassword(token, tooLong, "another good password");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.<String>path("error.param")).isEqualTo("current_password");
        }

        assertThat(Api.changePassword(token, Api.PASSWORD, "another good password").statusCode())
                .isEqualTo(204);
    }

    @Test
    void countsForwardedAddressesFromTrustedProxiesOnly() throws Exception {
        // 127.0.0.2 is no trusted proxy, so what it claims to forward does not count.
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i <= IdentityUnderTest.GUESTS_PER_HOUR; i++) {
            statuses.add(RawHttp.postFrom("127.0.0.2", "/v1/auth/guest", Api.anAddress()));
        }
        assertThat(statuses).containsExactly(200, 200, 200, 429);
    }

    private static Response guest(String address) {
        return Api.from(address).contentType(ContentType.JSON).body("{}").post("/v1/auth/guest");
    }

    private static Response guess(String address) {
        return Api.from(address)
                .contentType(ContentType.JSON)
                .body(Map.of("email", Api.anEmail(), "password", "guess"))
                .post("/v1/auth/login");
    }

    private static void logout(String token, String refreshToken) {
        Api.bearer(token)
                .contentType(ContentType.JSON)
                .body(Map.of("refresh_token", refreshToken))
                .post("/v1/auth/logout")
                .then()
                .statusCode(204);
    }

    private static <T> List<T> atOnce(int count, Callable<T> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(java.util.Collections.nCopies(count, work))) {
                results.add(future.get());
            }
            return results;
        }
    }
}
