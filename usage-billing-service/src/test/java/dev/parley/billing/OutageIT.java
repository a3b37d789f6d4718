package dev.parley.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.local.embedded.PostgresResource;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. */
@QuarkusTest
class OutageIT extends ServiceIT {
    @Inject Topics topics;
    @Inject Database database;

    private final TokenClaims user = userOf(id("org_"));
    private boolean stopped;

    @AfterEach
    void startAgain() {
        if (stopped) {
            PostgresResource.server().start();
            recover();
        }
    }

    @Test
    void failsClosedThenRecoversAndLosesNoUsage() {
        Assumptions.assumeFalse(
                "true".equals(System.getenv("PARLEY_SKIP_OUTAGE_TESTS")), "left out on purpose");
        assertThat(System.getenv("PARLEY_POSTGRES_URL"))
                .as(
                        "another's server is not stopped: PARLEY_SKIP_OUTAGE_TESTS=true leaves this out")
                .isNull();
        reserve(user, reservationBody()).statusCode(200);
        PostgresResource.server().stop();
        stopped = true;

        reserve(user, reservationBody())
                .statusCode(503)
                .body("error.code", equalTo("dependency_unavailable"))
                .header("Retry-After", notNullValue());
        as(user).get("/v1/limits")
                .then()
                .statusCode(503)
                .body("error.code", equalTo("dependency_unavailable"));
        UsageFixture usage = UsageFixture.of(id("org_"), id("user_"), id("rsv_"));
        topics.send(UsageFixture.TOPIC, UsageFixture.TYPE, usage.json());

        PostgresResource.server().start();
        stopped = false;
        recover();
        awaitEntry(usage.call());
    }

    private void recover() {
        await(() -> reserve(user, reservationBody()).extract().statusCode() == 200);
        reserve(user, reservationBody()).statusCode(200);
    }

    private void awaitEntry(String call) {
        String sql = "select count(*) from ledger_entry where call = ?";
        await(() -> database.number(sql, call) > 0);
        assertThat(database.number(sql, call)).isEqualTo(1);
    }
}
