package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.app.token.ForgetWhatIsOver;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class ChangeFeedIT {
    @Inject ForgetWhatIsOver forgetWhatIsOver;
    @Inject AgroalDataSource database;

    @Test
    void tellsWhatWasRevoked() {
        long before = last();
        Response session = Api.aSession();
        String token = session.path("access_token");
        String key = Api.createKey(token, Map.of("name", "k")).path("id");

        Api.bearer(token).delete("/v1/api_keys/" + key);
        Api.bearer(token).post("/v1/auth/logout");

        Response page = changes("?after=" + before);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.<List<String>>path("changes.kind"))
                .containsExactly("key_revoked", "session_revoked");
        assertThat(page.<List<String>>path("changes.id"))
                .containsExactly(key, Api.claims(token).path("sid").asText());
        assertThat(Instant.parse(page.path("changes[0].at")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(next(page)).isEqualTo(sequences(page).getLast());
        assertThat(sequences(changes(""))).containsAll(sequences(page));
        Response nothingNew = changes("?after=" + next(page));
        assertThat(sequences(nothingNew)).isEmpty();
        assertThat(next(nothingNew)).isEqualTo(next(page));
    }

    @Test
    void aFollowerMissesNothingWhileManyRevokeAtOnce() throws Exception {
        List<String> sessions = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String token = Api.aSession().path("access_token");
            sessions.add(token);
            expected.add(Api.claims(token).path("sid").asText());
        }
        long position = last();
        List<String> seen = new ArrayList<>();
        long previous = position;

        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            List<Future<Response>> leaving = new ArrayList<>();
            for (String token : sessions) {
                leaving.add(threads.submit(() -> Api.bearer(token).post("/v1/auth/logout")));
            }
            Instant end = Instant.now().plusSeconds(20);
            while (seen.size() < expected.size() && Instant.now().isBefore(end)) {
                Response page = changes("?after=" + position);
                for (long sequence : sequences(page)) {
                    assertThat(sequence).isGreaterThan(previous);
                    previous = sequence;
                }
                seen.addAll(page.<List<String>>path("changes.id"));
                position = next(page);
            }
            for (Future<Response> left : leaving) {
                assertThat(left.get().statusCode()).isEqualTo(204);
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void forgetsWhatNoTokenCanBeTouchedByAnyMore() throws Exception {
        insert("tok_" + "0".repeat(31) + "1", "now() - interval '12 minutes'");
        insert("tok_" + "0".repeat(31) + "2", "now() - interval '10 minutes'");

        forgetWhatIsOver.handle();

        assertThat(changes("").<List<String>>path("changes.id"))
                .contains("tok_" + "0".repeat(31) + "2")
                .doesNotContain("tok_" + "0".repeat(31) + "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "99999999999999999999"})
    void refusesPlacesThatAreNone(String after) {
        assertThat(changes("?after=" + after).<String>path("error.param")).isEqualTo("after");
    }

    @Test
    void isOpenToServicesAlone() {
        String client = Api.aSession().path("access_token");
        String exchanged =
                Api.exchange("moderation-service", client, Api.ACCESS_TOKEN).path("access_token");

        assertThat(Api.bearer(client).get("/internal/changes").statusCode()).isEqualTo(401);
        assertThat(Api.bearer(exchanged).get("/internal/changes").statusCode()).isEqualTo(403);
        assertThat(io.restassured.RestAssured.get("/internal/changes").statusCode()).isEqualTo(401);
    }

    private static Response changes(String query) {
        return Api.bearer(Api.serviceToken("usage-billing-service"))
                .get("/internal/changes" + query);
    }

    private static long last() {
        return next(changes(""));
    }

    private static long next(Response page) {
        return page.jsonPath().getLong("next");
    }

    private static List<Long> sequences(Response page) {
        return page.jsonPath().getList("changes.sequence", Long.class);
    }

    private void insert(String token, String at) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into revocation (kind, target, occurred_at) values ('token_revoked', '"
                            + token
                            + "', "
                            + at
                            + ")");
        }
    }
}
