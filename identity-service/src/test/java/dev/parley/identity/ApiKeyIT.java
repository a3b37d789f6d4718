package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class ApiKeyIT {
    @Inject AgroalDataSource database;

    @Test
    void makesAKeyThatIsShownOnceAndWorksAsBearer() throws Exception {
        String session = Api.aSession().path("access_token");

        Response created = Api.createKey(session, Map.of("name", " my key "));

        assertThat(created.statusCode()).isEqualTo(201);
        String id = created.path("id");
        String secret = created.path("key");
        assertThat(id).matches("key_[0-9a-f]{32}");
        assertThat(created.getHeader("Location")).endsWith("/v1/api_keys/" + id);
        assertThat(created.<String>path("object")).isEqualTo("api_key");
        assertThat(created.<String>path("name")).isEqualTo("my key");
        assertThat(secret).matches("sk-parley-[A-Za-z0-9_-]{43}");
        assertThat(created.<List<String>>path("scopes"))
                .containsExactly("chat", "conversations", "instructions", "usage:read");
        assertThat(created.<Object>path("expires_at")).isNull();
        Response me = Api.bearer(secret).get("/v1/users/me");
        assertThat(me.<String>path("id")).isEqualTo(Api.claims(session).path("sub").asText());
        Response list = Api.bearer(session).get("/v1/api_keys");
        assertThat(list.<List<String>>path("data.id")).containsExactly(id);
        assertThat(list.asString()).doesNotContain("sk-parley");
        assertThat(storedRows()).isNotEmpty().noneMatch(row -> row.contains(secret));
    }

    @Test
    void revokesAKeyEverywhereWithinTwoSeconds() {
        String session = Api.aSession().path("access_token");
        Response created = Api.createKey(session, Map.of("name", "k"));
        String id = created.path("id");
        String secret = created.path("key");
        assertThat(Api.bearer(secret).get("/v1/users/me").statusCode()).isEqualTo(200);

        Response deleted = Api.bearer(session).delete("/v1/api_keys/" + id);

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(deleted.asString())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"api_key\",\"deleted\":true}");
        assertThat(Api.exchange("llm-gateway-service", secret, Api.API_KEY).<String>path("error"))
                .isEqualTo("invalid_grant");
        Eventually.within2Seconds(
                () ->
                        assertThat(Api.bearer(secret).get("/v1/users/me").statusCode())
                                .isEqualTo(401));
        assertThat(Api.bearer(session).delete("/v1/api_keys/" + id).statusCode()).isEqualTo(404);
        assertThat(Api.bearer(session).get("/v1/api_keys").<List<String>>path("data.id")).isEmpty();
    }

    @Test
    void anExpiredKeyStopsWorking() throws Exception {
        String session = Api.aSession().path("access_token");
        Response created =
                Api.createKey(
                        session,
                        Map.of("name", "k", "expires_at", Instant.now().getEpochSecond() + 2));
        String secret = created.path("key");
        assertThat(Api.exchange("moderation-service", secret, Api.API_KEY).statusCode())
                .isEqualTo(200);

        Thread.sleep(2100);

        assertThat(Api.exchange("moderation-service", secret, Api.API_KEY).<String>path("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void keysArePagedByKeyInBothDirections() {
        String session = Api.aSession().path("access_token");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(Api.createKey(session, Map.of("name", "k" + i)).path("id"));
        }

        Response first = page(session, "limit=2");
        Response second = page(session, "limit=2&after=" + ids.get(1));
        Response last = page(session, "limit=2&after=" + ids.get(3));
        Response back = page(session, "limit=2&before=" + ids.get(3));
        Response ascending = page(session, "limit=3&order=asc");

        assertThat(first.<List<String>>path("data.id")).isEqualTo(ids.subList(0, 2));
        assertThat(first.<Boolean>path("has_more")).isTrue();
        assertThat(first.<String>path("first_id")).isEqualTo(ids.get(0));
        assertThat(first.<String>path("last_id")).isEqualTo(ids.get(1));
        assertThat(second.<List<String>>path("data.id")).isEqualTo(ids.subList(2, 4));
        assertThat(last.<List<String>>path("data.id")).isEqualTo(ids.subList(4, 5));
        assertThat(last.<Boolean>path("has_more")).isFalse();
        assertThat(back.<List<String>>path("data.id")).isEqualTo(ids.subList(1, 3));
        assertThat(ascending.<List<String>>path("data.id")).isEqualTo(ids.reversed().subList(0, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=101,limit",
        "limit=x,limit",
        "after=x,after",
        "order=up,order"
    })
    void refusesBadPages(String query, String param) {
        Response answer = page(Api.aSession().path("access_token"), query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("error.param")).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | invalid_request | name",
                "{\"name\":\" \"} | 400 | invalid_request | name",
                "{\"name\":\"k\",\"scopes\":[]} | 400 | invalid_request | scopes",
                "{\"name\":\"k\",\"scopes\":[\"all\"]} | 400 | invalid_request | scopes[0]",
                "{\"name\":\"k\",\"scopes\":\"chat\"} | 400 | invalid_request | scopes",
                "{\"name\":\"k\",\"scopes\":[\"chat\",null]} | 400 | invalid_request | scopes[1]",
                "{\"name\":\"k\",\"scopes\":[\"operate\"]} | 403 | insufficient_scope | scopes",
                "{\"name\":\"k\",\"expires_at\":1} | 400 | invalid_request | expires_at",
                "{\"name\":\"k\",\"expires_at\":-1} | 400 | invalid_request | expires_at",
                "{\"name\":\"k\",\"expires_at\":\"soon\"} | 400 | invalid_request | expires_at",
                "{\"name\":\"k\",\"expires_at\":1.5} | 400 | invalid_request | expires_at",
                "{\"name\":\"k\",\"limit\":{\"tokens\":1}} | 400 | unsupported_parameter | limit",
                "{\"name\":\"k\",\"color\":\"red\"} | 400 | unknown_parameter | color",
            })
    void refusesBadKeys(String body, int status, String code, String param) {
        Response answer =
                Api.bearer(Api.aSession().path("access_token"))
                        .contentType(ContentType.JSON)
                        .body(body)
                        .post("/v1/api_keys");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.<String>path("error.code")).isEqualTo(code);
        assertThat(answer.<String>path("error.param")).isEqualTo(param);
    }

    @Test
    void aKeyHandsOnNoMoreThanItHolds() {
        String session = Api.aSession().path("access_token");
        String manager =
                Api.createKey(
                                session,
                                Map.of("name", "m", "scopes", List.of("keys:manage", "chat")))
                        .path("key");

        assertThat(
                        Api.createKey(manager, Map.of("name", "k", "scopes", List.of("chat")))
                                .statusCode())
                .isEqualTo(201);
        assertThat(Api.createKey(manager, Map.of("name", "k")).statusCode()).isEqualTo(403);
        assertThat(
                        Api.createKey(
                                        manager,
                                        Map.of("name", "k", "scopes", List.of("users:manage")))
                                .<String>path("error.code"))
                .isEqualTo("insufficient_scope");
    }

    @Test
    void guestsAndPlainKeysMakeNoKeys() {
        String guest = Api.json().body("{}").post("/v1/auth/guest").path("access_token");
        String plain =
                Api.createKey(Api.aSession().path("access_token"), Map.of("name", "k")).path("key");

        assertThat(Api.createKey(guest, Map.of("name", "k")).statusCode()).isEqualTo(403);
        assertThat(Api.createKey(plain, Map.of("name", "k")).statusCode()).isEqualTo(403);
        assertThat(Api.bearer(guest).get("/v1/api_keys").<String>path("error.code"))
                .isEqualTo("insufficient_scope");
    }

    @Test
    void someoneElsesKeyIsNotThere() {
        String key =
                Api.createKey(Api.aSession().path("access_token"), Map.of("name", "k")).path("id");
        String stranger = Api.aSession().path("access_token");

        Response foreign = Api.bearer(stranger).delete("/v1/api_keys/" + key);
        Response missing =
                Api.bearer(stranger).delete("/v1/api_keys/key_00000000000070008000000000000009");

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.<Object>path("error")).isEqualTo(missing.<Object>path("error"));
        assertThat(Api.bearer(stranger).delete("/v1/api_keys/nonsense").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aKeyDoesNotChangeItsOwnersPassword() {
        String key =
                Api.createKey(Api.aSession().path("access_token"), Map.of("name", "k")).path("key");

        Response answer =
                Api.bearer(key)
                        .contentType(ContentType.JSON)
                        .body(
                                Map.of(
                                        "current_password",
                                        Api.PASSWORD,
                                        "new_password",
                                        "another password"))
                        .post("/v1/auth/password");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    private static Response page(String session, String query) {
        return Api.bearer(session).get("/v1/api_keys?" + query);
    }

    private List<String> storedRows() throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select k::text from api_key k")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
