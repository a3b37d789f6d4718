package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.app.token.ForgetWhatIsOver;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is asked for again does nothing again and is answered as before. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class RepeatedRequestsIT {
    private static final String KEY = "Idempotency-Key";
    private static final String RETRIES = "X-Stainless-Retry-Count";

    @Inject AgroalDataSource database;
    @Inject ForgetWhatIsOver forgetWhatIsOver;

    private final String key = UUID.randomUUID().toString();

    @Test
    void aKeyIsMadeOnceAndItsSecretToldAgain() throws SQLException {
        String session = Api.aSession().path("access_token");

        Response first = createKey(session, KEY, key, "k");
        Response second = createKey(session, KEY, key, "k");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.getHeader("Location")).isEqualTo(first.getHeader("Location"));
        assertThat(second.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(keysOf(session)).containsExactly(first.<String>path("id"));
        String secret = second.path("key");
        assertThat(Api.bearer(secret).get("/v1/users/me").statusCode()).isEqualTo(200);
        assertThat(storedAnswers()).isNotEmpty().noneMatch(answer -> answer.contains(secret));
    }

    @Test
    void anotherKeyUnderTheSameNameIsRefused() {
        String session = Api.aSession().path("access_token");
        createKey(session, KEY, key, "k");

        Response other = createKey(session, KEY, key, "another");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.<String>path("error.code")).isEqualTo("idempotency_key_reused");
        assertThat(keysOf(session)).hasSize(1);
    }

    @Test
    void twoPeopleGetTwoKeys() {
        String one = Api.aSession().path("access_token");
        String another = Api.aSession().path("access_token");

        assertThat(createKey(one, KEY, key, "k").<String>path("key"))
                .isNotEqualTo(createKey(another, KEY, key, "k").<String>path("key"));
    }

    @Test
    void anSdksRetryMakesNoSecondKey() {
        String session = Api.aSession().path("access_token");

        Response first = createKey(session, RETRIES, "0", "k");
        Response retried = createKey(session, RETRIES, "1", "k");

        assertThat(retried.asString()).isEqualTo(first.asString());
        assertThat(keysOf(session)).hasSize(1);
    }

    @Test
    void whatWasRefusedMayBeAskedForAgain() {
        String session = Api.aSession().path("access_token");
        Response refused =
                Api.bearer(session)
                        .header(KEY, key)
                        .contentType(ContentType.JSON)
                        .body(Map.of("name", "k", "expires_at", 1))
                        .post("/v1/api_keys");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(createKey(session, KEY, key, "k").statusCode()).isEqualTo(201);
    }

    @Test
    void aRegistrationIsAnsweredAgain() throws SQLException {
        String address = Api.anAddress();
        String email = Api.anEmail();

        Response first = register(address, KEY, key, email, Api.PASSWORD);
        Response second = register(address, KEY, key, email, Api.PASSWORD);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.getHeader("Location")).isEqualTo(first.getHeader("Location"));
        assertThat(register(address, KEY, key, email, "another good password").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRegistrationFromElsewhereOrUnderAnotherNameIsAnotherOne() {
        String address = Api.anAddress();
        String email = Api.anEmail();
        register(address, KEY, key, email, Api.PASSWORD);

        assertThat(register(Api.anAddress(), KEY, key, email, Api.PASSWORD).statusCode())
                .isEqualTo(400);
        assertThat(register(address, KEY, key + "2", email, Api.PASSWORD).statusCode())
                .isEqualTo(400);
    }

    @Test
    void anSdksRetryOfARegistrationIsAnsweredAgainForTenMinutes() throws SQLException {
        String address = Api.anAddress();
        String email = Api.anEmail();
        Response first = register(address, RETRIES, "0", email, Api.PASSWORD);

        assertThat(register(address, RETRIES, "1", email, Api.PASSWORD).asString())
                .isEqualTo(first.asString());
        age(email, "10 minutes");
        assertThat(register(address, RETRIES, "2", email, Api.PASSWORD).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRegistrationsMarkIsForgottenAfterADay() throws SQLException {
        String email = Api.anEmail();
        register(Api.anAddress(), KEY, key, email, Api.PASSWORD);
        assertThat(hasMark(email)).isTrue();
        forgetWhatIsOver.handle();
        assertThat(hasMark(email)).isTrue();

        age(email, "24 hours");
        forgetWhatIsOver.handle();

        assertThat(hasMark(email)).isFalse();
    }

    private static Response createKey(String session, String header, String value, String name) {
        return Api.bearer(session)
                .header(header, value)
                .contentType(ContentType.JSON)
                .body(Map.of("name", name))
                .post("/v1/api_keys");
    }

    private static Response register(
            String address, String header, String value, String email, String password) {
        return Api.from(address)
                .header(header, value)
                .contentType(ContentType.JSON)
                .body(
                        "{\"email\":\"%s\",\"password\":\"%s\",\"name\":\"Ada\"}"
                                .formatted(email, password))
                .post("/v1/auth/register");
    }

    private static List<String> keysOf(String session) {
        return Api.bearer(session).get("/v1/api_keys").path("data.id");
    }

    private boolean hasMark(String email) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select registration_mark is not null from account"
                                        + " where email = ?")) {
            query.setString(1, email);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private void age(String email, String time) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update account set created_at = created_at - ?::interval"
                                        + " where email = ?")) {
            update.setString(1, time);
            update.setString(2, email);
            update.executeUpdate();
        }
    }

    private List<String> storedAnswers() throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("select answer from repeated_answer")) {
            while (row.next()) {
                answers.add(new String(row.getBytes(1), StandardCharsets.ISO_8859_1));
            }
        }
        return answers;
    }
}
