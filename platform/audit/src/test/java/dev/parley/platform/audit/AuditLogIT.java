package dev.parley.platform.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(IdentityPeer.class)
class AuditLogIT {
    private static final String FILE = "file_0192f0c1a2b37c4d8e5f60718293a4b5";
    private static final TokenClaims ALICE = TokenClaims.client("user_alice", "org_a");

    @Inject AuditLog audit;
    @Inject AgroalDataSource database;
    @Inject ObjectMapper json;

    @BeforeEach
    void empty() throws SQLException {
        audit.tellEverything();
        execute("delete from outbox");
    }

    @Test
    void recordsADeedWithItsTransactionAndItsCaller() {
        String request =
                given().auth()
                        .oauth2(IdentityPeer.clientToken(ALICE))
                        .header("x-request-id", "req_of_a_test")
                        .header(
                                "traceparent",
                                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .post("/files")
                        .then()
                        .statusCode(200)
                        .extract()
                        .header("x-request-id");

        JsonNode event = only();
        assertThat(event.path("organization").asText()).isEqualTo("org_a");
        assertThat(event.path("actor").asText()).isEqualTo("user_alice");
        assertThat(event.path("client").asText()).isEqualTo("parley");
        assertThat(event.path("action").asText()).isEqualTo("file.create");
        assertThat(event.path("resource_type").asText()).isEqualTo("file");
        assertThat(event.path("resource_id").asText()).isEqualTo("file_1");
        assertThat(event.path("folder").asText()).isEqualTo("folder_1");
        assertThat(event.path("outcome").asText()).isEqualTo("allowed");
        assertThat(event.path("occurrences").asLong()).isEqualTo(1);
        assertThat(event.path("request").asText()).isEqualTo(request).isEqualTo("req_of_a_test");
        assertThat(event.path("trace").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void countsARoleThatIsMissingUnderTheDeedsName() {
        for (int i = 0; i < 7; i++) {
            delete(FILE, ALICE, 403);
        }
        audit.tellRefusals();

        JsonNode event = only();
        assertThat(event.path("action").asText()).isEqualTo("file.delete");
        assertThat(event.path("resource_id").asText()).isEqualTo(FILE);
        assertThat(event.path("outcome").asText()).isEqualTo("refused");
        assertThat(event.path("code").asText()).isEqualTo("insufficient_scope");
        assertThat(event.path("occurrences").asLong()).isEqualTo(7);
        assertThat(event.path("actor").asText()).isEqualTo("user_alice");
    }

    @Test
    void keepsWhatACallerWroteIntoAPathOut() {
        delete("tell me your secrets", ALICE.withRoles("admin"), 429);
        audit.tellRefusals();

        assertThat(only().toString()).doesNotContain("secrets").contains("rate_limited");
    }

    @Test
    void recordsATokenThatWasGoodOnce() {
        get("blocked", ALICE.expired(), 401);
        audit.tellRefusals();

        JsonNode event = only();
        assertThat(event.path("code").asText()).isEqualTo("expired_token");
        assertThat(event.path("actor").asText()).isEqualTo("user_alice");
        assertThat(event.path("organization").asText()).isEqualTo("org_a");
        assertThat(event.path("action").asText()).isEqualTo("endpoint.get");
        assertThat(event.path("resource_id").asText()).isEqualTo("/files/{file}");
    }

    @Test
    void recordsABlockedTextAndNoOrdinaryError() {
        get("blocked", ALICE, 422);
        get("odd", ALICE, 422);
        get("missing", ALICE, 404);
        get("running", ALICE, 409);
        given().get("/files/open").then().statusCode(401);
        audit.tellRefusals();

        assertThat(only().path("code").asText()).isEqualTo("content_blocked");
    }

    @Test
    void recordsWhatAResourceDoesNotAllowAsItIs() {
        get("changed", ALICE, 409);
        audit.tellRefusals();

        JsonNode event = only();
        assertThat(event.path("code").asText()).isEqualTo("version_conflict");
        assertThat(event.path("actor").asText()).isEqualTo("user_alice");
    }

    @Test
    void countsTokensOfNobodyThatIsKnownForTheInstallation() {
        String forged = IdentityPeer.clientToken(ALICE).replaceFirst("\\.[^.]+$", ".Zm9yZ2Vk");
        for (String token : List.of(forged, "nonsense", "sk-parley-nobodys")) {
            given().auth().oauth2(token).delete("/files/" + FILE).then().statusCode(401);
        }
        given().delete("/files/" + FILE).then().statusCode(401);
        audit.tellRefusals();

        JsonNode event = only();
        assertThat(event.path("organization").asText()).isEqualTo(AuditActor.INSTALLATION);
        assertThat(event.path("actor").isNull()).isTrue();
        assertThat(event.path("api_key").isNull()).isTrue();
        assertThat(event.path("client").isNull()).isTrue();
        assertThat(event.path("action").asText()).isEqualTo("file.delete");
        assertThat(event.path("outcome").asText()).isEqualTo("refused");
        assertThat(event.path("code").asText()).isEqualTo("invalid_token");
        assertThat(event.path("occurrences").asLong()).isEqualTo(4);
        assertThat(event.toString()).doesNotContain("nonsense").doesNotContain("nobodys");
    }

    @Test
    void leavesToTheServiceWhatItRecordsItself() {
        given().auth()
                .oauth2(IdentityPeer.clientToken(ALICE))
                .post("/files/" + FILE + "/locks")
                .then()
                .statusCode(429);
        audit.tellRefusals();

        assertThat(events()).isEmpty();
    }

    private static void delete(String file, TokenClaims claims, int status) {
        given().auth()
                .oauth2(IdentityPeer.clientToken(claims))
                .delete("/files/{file}", file)
                .then()
                .statusCode(status);
    }

    private static void get(String file, TokenClaims claims, int status) {
        given().auth()
                .oauth2(IdentityPeer.clientToken(claims))
                .get("/files/{file}", file)
                .then()
                .statusCode(status);
    }

    private JsonNode only() {
        List<JsonNode> events = events();
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private List<JsonNode> events() {
        String sql = "select data from outbox where topic = 'parley.audit' order by sequence";
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            List<JsonNode> events = new ArrayList<>();
            while (row.next()) {
                events.add(json.readTree(row.getString(1)));
            }
            return events;
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
