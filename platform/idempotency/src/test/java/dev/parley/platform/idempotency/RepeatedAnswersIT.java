package dev.parley.platform.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(IdentityPeer.class)
class RepeatedAnswersIT {
    private static final TokenClaims ALICE = TokenClaims.client("user_alice", "org_a");

    @Inject AgroalDataSource database;
    @Inject Gate gate;
    @Inject CleanUpSchedule cleanUp;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final String name = UUID.randomUUID().toString();
    private final String key = "key of " + name;

    @AfterEach
    void stop() {
        callers.close();
    }

    @Test
    void theSameRequestIsAnsweredTheSameAndDoneOnce() {
        Response first = withKey(ALICE, key, "made");
        Response second = withKey(ALICE, key, "made");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.contentType()).isEqualTo(first.contentType());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Cache-Control")).isEqualTo("no-store");
        assertThat(second.header("x-request-id")).isNotEqualTo(first.header("x-request-id"));
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void withoutAKeyEachRequestIsItsOwn() {
        post(as(ALICE), "made");
        post(as(ALICE), "made");

        assertThat(things()).isEqualTo(2);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        withKey(ALICE, key, "made");
        Response other = withKey(ALICE, key, "made otherwise");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.<String>path("error.code")).isEqualTo("idempotency_key_reused");
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void callersDoNotShareTheirKeys() {
        TokenClaims bob = TokenClaims.client("user_bob", "org_a");
        TokenClaims elsewhere = TokenClaims.client("user_alice", "org_b");
        TokenClaims byKey = ALICE.withApiKey("key_1");

        for (TokenClaims who : new TokenClaims[] {ALICE, bob, elsewhere, byKey}) {
            assertThat(withKey(who, key, "made").statusCode()).isEqualTo(201);
        }

        assertThat(things()).isEqualTo(4);
    }

    @Test
    void aKeyWhoseRequestRunsIsRefusedForNow() {
        Gate.Closed closed = gate.close(name);
        CompletableFuture<Response> first = later(() -> withKey(ALICE, key, "made"));
        closed.awaitSomeone();

        Response second = withKey(ALICE, key, "made");
        closed.open();

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.<String>path("error.code")).isEqualTo("idempotency_in_progress");
        assertThat(second.header("x-should-retry")).isNull();
        assertThat(second.header("Retry-After")).isNotNull();
        assertThat(withKey(ALICE, key, "made").asString()).isEqualTo(first.join().asString());
        assertThat(things()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "failed", "busy"})
    void whatDidNotSucceedLeavesTheKeyFree(String end) {
        withKey(ALICE, key, end);

        assertThat(withKey(ALICE, key, "made").statusCode()).isEqualTo(201);
    }

    @Test
    void whatAReplicaDidThatDiedIsDoneAgain() throws SQLException {
        Gate.Closed closed = gate.close(name);
        CompletableFuture<Response> first = later(() -> withKey(ALICE, key, "made"));
        closed.awaitSomeone();
        number(
                "select count(pg_terminate_backend(pid)) from pg_locks"
                        + " where locktype = 'advisory' and objsubid = 2",
                null);
        closed.open();
        assertThat(first.join().statusCode()).isEqualTo(503);

        assertThat(withKey(ALICE, key, "made").statusCode()).isEqualTo(201);
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void anSdksRetryJoinsTheFirstTryThatRuns() {
        Gate.Closed closed = gate.close(name);
        CompletableFuture<Response> first = later(() -> asTry(0));
        closed.awaitSomeone();
        CompletableFuture<Response> second = later(() -> asTry(1));
        gate.awaitArrivals(name, 2);
        closed.open();

        assertThat(second.join().statusCode()).isEqualTo(201);
        assertThat(second.join().asString()).isEqualTo(first.join().asString());
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void anSdksRetryIsAnsweredAsTheTryThatSucceeded() {
        Response first = asTry(0);

        assertThat(asTry(1).asString()).isEqualTo(first.asString());
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void anSdksRetryOfWhatNeverCameIsDone() {
        assertThat(asTry(1).statusCode()).isEqualTo(201);
        assertThat(asTry(2).statusCode()).isEqualTo(201);

        assertThat(things()).isEqualTo(1);
    }

    @Test
    void twoFirstTriesMeanTwoThingsAndDoNotWaitForEachOther() {
        Gate.Closed closed = gate.close(name);
        CompletableFuture<Response> first = later(() -> asTry(0));
        closed.awaitSomeone();
        Response second = asTry(0);
        closed.open();

        assertThat(second.asString()).isNotEqualTo(first.join().asString());
        assertThat(things()).isEqualTo(2);
    }

    @Test
    void anAnswerWhoseTimeIsOverIsForgotten() throws SQLException {
        withKey(ALICE, key, "made");
        assertThat(
                        number(
                                "select count(*) from repeated_answer where name = ? and"
                                        + " kept_until between now() + interval '23 h 59 min'"
                                        + " and now() + interval '24 h'",
                                "key:" + key))
                .isEqualTo(1);
        execute("update repeated_answer set kept_until = now() where name = ?", "key:" + key);

        assertThat(withKey(ALICE, key, "made").statusCode()).isEqualTo(201);
        assertThat(things()).isEqualTo(2);
        execute("update repeated_answer set kept_until = now() where name = ?", "key:" + key);
        cleanUp.cleanUp();
        assertThat(number("select count(*) from repeated_answer where name = ?", "key:" + key))
                .isZero();
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        Response answer = withKey(ALICE, "k".repeat(256), "made");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("error.param")).isEqualTo("Idempotency-Key");
        assertThat(things()).isZero();
    }

    private Response withKey(TokenClaims who, String idempotencyKey, String end) {
        return post(as(who).header("Idempotency-Key", idempotencyKey), end);
    }

    private Response asTry(int retries) {
        return post(as(ALICE).header("X-Stainless-Retry-Count", retries), "made");
    }

    private static RequestSpecification as(TokenClaims who) {
        return given().auth().oauth2(IdentityPeer.clientToken(who)).contentType(ContentType.JSON);
    }

    private Response post(RequestSpecification request, String end) {
        return request.body(Map.of("name", name, "end", end)).post("/things");
    }

    private CompletableFuture<Response> later(Supplier<Response> request) {
        return CompletableFuture.supplyAsync(request, callers);
    }

    private long things() {
        return number("select count(*) from thing where name = ?", name);
    }

    private long number(String sql, @Nullable String parameter) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            if (parameter != null) {
                query.setString(1, parameter);
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void execute(String sql, String parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.execute();
        }
    }
}
