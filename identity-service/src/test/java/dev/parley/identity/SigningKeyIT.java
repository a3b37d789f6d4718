package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.app.token.ReloadSigningKeys;
import dev.parley.identity.app.token.RotateSigningKey;
import dev.parley.identity.business.token.SigningKey;
import dev.parley.identity.business.token.SigningKeySet;
import dev.parley.identity.business.token.SigningKeys;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class SigningKeyIT {
    @Inject RotateSigningKey rotateSigningKey;
    @Inject ReloadSigningKeys reloadSigningKeys;
    @Inject SigningKeys keys;
    @Inject AgroalDataSource database;

    @Test
    void publishesKeysOfEs256WithoutTheirPrivateParts() {
        Response jwks = given().get("/oauth2/jwks");

        assertThat(jwks.statusCode()).isEqualTo(200);
        List<Map<String, String>> published = jwks.path("keys");
        assertThat(published).hasSizeGreaterThanOrEqualTo(2);
        assertThat(published)
                .allSatisfy(
                        key -> {
                            assertThat(key)
                                    .containsOnlyKeys("kty", "kid", "use", "alg", "crv", "x", "y")
                                    .containsEntry("alg", "ES256")
                                    .containsEntry("crv", "P-256")
                                    .containsEntry("use", "sig");
                        });
    }

    @Test
    void rotatesWithoutOneRefusedToken() throws Exception {
        String old = Api.aSession().path("access_token");
        List<String> publishedBefore = published();

        rotateWhenDue();

        String fresh = Api.aSession().path("access_token");
        assertThat(kid(fresh)).isNotEqualTo(kid(old)).isIn(publishedBefore);
        assertThat(published()).contains(kid(old), kid(fresh)).hasSizeGreaterThan(2);
        assertThat(Api.bearer(old).get("/v1/users/me").statusCode()).isEqualTo(200);
        assertThat(Api.bearer(fresh).get("/v1/users/me").statusCode()).isEqualTo(200);
        assertThat(Api.exchange("moderation-service", old, Api.ACCESS_TOKEN).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesAtOnceWhatAKeySignedThatOthersMayKnow() {
        String old = Api.aSession().path("access_token");

        rotateSigningKey.handle(RotateSigningKey.Occasion.NOW);

        assertThat(published()).doesNotContain(kid(old));
        assertThat(Api.bearer(old).get("/v1/users/me").statusCode()).isEqualTo(401);
        String fresh = Api.aSession().path("access_token");
        assertThat(Api.bearer(fresh).get("/v1/users/me").statusCode()).isEqualTo(200);
    }

    @Test
    void forgetsARetiredKeyOnceItsTokensHaveEnded() throws Exception {
        String old = Api.aSession().path("access_token");
        rotateWhenDue();

        execute(
                "update signing_key set stage_since = stage_since - interval '1 hour' where stage"
                        + " = 'retired'");
        reloadSigningKeys.handle();
        assertThat(published()).hasSize(2).doesNotContain(kid(old));
        assertThat(Api.bearer(old).get("/v1/users/me").statusCode()).isEqualTo(401);

        SigningKeySet checked = rotateSigningKey.handle(RotateSigningKey.Occasion.WHEN_DUE);
        reloadSigningKeys.handle();
        assertThat(checked.keys()).hasSize(2);
        assertThat(ids(keys.known().orElseThrow())).isEqualTo(ids(checked));
    }

    @Test
    void leavesAKeyAloneThatIsNotDue() {
        SigningKeySet before = keys.known().orElseThrow();

        SigningKeySet after = rotateSigningKey.handle(RotateSigningKey.Occasion.WHEN_DUE);

        assertThat(after.current().id()).isEqualTo(before.current().id());
    }

    @Test
    void replicasThatStartTogetherAgreeOnTheirKeys() throws Exception {
        execute("delete from signing_key");
        Callable<SigningKeySet> aReplicaThatStarts =
                () -> rotateSigningKey.handle(RotateSigningKey.Occasion.WHEN_DUE);
        List<SigningKeySet> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<SigningKeySet> replica :
                    threads.invokeAll(Collections.nCopies(6, aReplicaThatStarts))) {
                made.add(replica.get());
            }
        }

        assertThat(made.stream().map(SigningKeyIT::ids).distinct()).hasSize(1);
        reloadSigningKeys.handle();
        assertThat(ids(keys.known().orElseThrow())).isEqualTo(ids(made.getFirst()));
        assertThat(Api.aSession().statusCode()).isEqualTo(200);
    }

    @Test
    void storesPrivateKeysEncrypted() throws Exception {
        SigningKey current = keys.known().orElseThrow().current();
        String plain = HexFormat.of().formatHex(current.pair().getPrivate().getEncoded());

        List<String> stored = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select encode(sealed_private_key, 'hex') from signing_key")) {
            while (rows.next()) {
                stored.add(rows.getString(1));
            }
        }

        // The middle of the encoding is the secret number; its frame is the same for every key.
        String secretNumber = plain.substring(plain.length() / 3, plain.length() / 2);
        assertThat(stored).hasSizeGreaterThanOrEqualTo(2);
        assertThat(stored).noneMatch(row -> row.contains(secretNumber));
    }

    private void rotateWhenDue() throws Exception {
        execute(
                "update signing_key set stage_since = stage_since - interval '40 days' where stage"
                        + " = 'current'");
        rotateSigningKey.handle(RotateSigningKey.Occasion.WHEN_DUE);
    }

    private static List<String> published() {
        return given().get("/oauth2/jwks").path("keys.kid");
    }

    private static String kid(String jwt) {
        return Api.header(jwt).path("kid").asText();
    }

    private static String ids(SigningKeySet set) {
        return set.keys().stream().map(SigningKey::toString).sorted().collect(Collectors.joining());
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
