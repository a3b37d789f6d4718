package dev.parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PolicyIT extends ServiceContract {
    private static final Duration SOON = Duration.ofSeconds(3);

    @Inject AgroalDataSource database;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    private static ValidatableResponse checkFor(String organization, String text) {
        return post(
                "/internal/moderation/checks",
                IdentityPeer.exchangedToken(TokenClaims.client(PERSON, organization), GATEWAY),
                Map.of("direction", "input", "items", List.of(Map.of("text", text))));
    }

    private static String actionFor(String organization, String text) {
        return checkFor(organization, text).statusCode(200).extract().path("action");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void eventually(Supplier<Boolean> condition) {
        Instant end = Instant.now().plus(SOON);
        while (!condition.get()) {
            assertThat(Instant.now()).describedAs("in time").isBefore(end);
            Thread.onSpinWait();
        }
    }

    private static JsonPath changes(String query) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + IdentityPeer.serviceToken(GATEWAY))
                .get("/internal/changes" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void anOrganizationsOwnTermHoldsForItAloneAndSoon() throws SQLException {
        String own = "org_0198f0aa00007abc8def00000000000a";
        assertThat(actionFor(own, "the flobble arrives")).isEqualTo("allow");
        long before = changes("").getLong("next");

        execute(
                "insert into policies (organization_id, fail_open) values ('" + own + "', true)",
                """
                insert into terms (organization_id, kind, category, phrase, score)
                values ('%s', 'TERM', 'illicit/violent', 'flobble', 1)
                """
                        .formatted(own));

        eventually(() -> actionFor(own, "the flobble arrives").equals("block"));
        checkFor(own, "hello").body("fail_open", equalTo(true));
        assertThat(actionFor(ORGANIZATION, "the flobble arrives")).isEqualTo("allow");
        assertThat(actionFor(own, "how to make a pipe bomb")).isEqualTo("block");

        JsonPath after = changes("?after=" + before);
        assertThat(after.getList("changes.kind", String.class)).containsOnly("policy_changed");
        assertThat(after.getList("changes.id", String.class)).containsOnly(own);
        assertThat(after.getLong("next")).isGreaterThan(before);
        assertThat(changes("?after=" + after.getLong("next")).getList("changes")).isEmpty();
    }

    @Test
    void anInvalidPolicyOfOneOrganizationLeavesTheOthersAlone() throws SQLException {
        String broken = "org_0198f0aa00007abc8def00000000000b";
        String well = "org_0198f0aa00007abc8def00000000000c";
        execute(
                "insert into policies (organization_id) values ('"
                        + broken
                        + "'), ('"
                        + well
                        + "')",
                """
                insert into terms (organization_id, kind, category, phrase, score)
                values ('%s', 'TERM', 'illicit/violent', '~9 x', 1),
                       ('%s', 'TERM', 'illicit/violent', 'grumblewort', 1)
                """
                        .formatted(broken, well));

        eventually(() -> actionFor(well, "a grumblewort").equals("block"));
        assertThat(actionFor(broken, "how to make a pipe bomb")).isEqualTo("block");
        execute("delete from policies where organization_id = '" + broken + "'");
    }

    @Test
    void aPolicyThatCannotBeReadLeavesTheOthersAlone() throws SQLException {
        String broken = "org_0198f0aa00007abc8def00000000000d";
        String well = "org_0198f0aa00007abc8def00000000000e";
        execute(
                "insert into policies (organization_id) values ('%s'), ('%s')"
                        .formatted(broken, well),
                """
                insert into terms (organization_id, kind, category, phrase, score)
                values ('%s', 'TERM', 'illicit/violent', 'snorkblat', 1)
                """
                        .formatted(broken));
        eventually(() -> actionFor(broken, "a snorkblat").equals("block"));
        try {
            execute(
                    "insert into category_rules values ('%s', 'no/such', 0.5, 0.9)"
                            .formatted(broken),
                    "insert into entity_rules values ('%s', 'NO_SUCH', 'ALLOW', 'ALLOW')"
                            .formatted(broken),
                    """
                    insert into terms (organization_id, kind, category, phrase, score)
                    values ('%s', 'TERM', 'illicit/violent', 'wimblefrat', 1)
                    """
                            .formatted(well));

            eventually(() -> actionFor(well, "a wimblefrat").equals("block"));
            assertThat(actionFor(broken, "a snorkblat")).isEqualTo("block");
            assertThat(actionFor(broken, "how to make a pipe bomb")).isEqualTo("block");
        } finally {
            execute("delete from policies where organization_id = '" + broken + "'");
        }
    }

    @Test
    void tellsEverythingInForceToAFreshReplica() {
        JsonPath all = changes("");
        assertThat(all.getList("changes.id", String.class)).contains("installation");
        assertThat(all.getList("changes.id", String.class)).doesNotHaveDuplicates();
        List<Long> sequences = all.getList("changes.sequence", Long.class);
        assertThat(sequences).isSorted();
    }

    @Test
    void opensTheChangeFeedToServicesAloneAndRefusesNonsense() {
        RestAssured.given()
                .header("Authorization", "Bearer " + IdentityPeer.clientToken(person()))
                .get("/internal/changes")
                .then()
                .statusCode(401);
        RestAssured.given()
                .header("Authorization", "Bearer " + IdentityPeer.serviceToken(GATEWAY))
                .get("/internal/changes?after=soon")
                .then()
                .statusCode(400)
                .body("error.param", equalTo("after"));
    }

    @Test
    void isReadyWhenItHasAPolicy() {
        RestAssured.given()
                .port(managementPort)
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItem("policy"))
                .body("checks.name", not(hasItem("Database connections health check")));
    }
}
