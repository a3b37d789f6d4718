package dev.parley.billing;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReservationIT extends ServiceIT {
    @Inject Database database;

    private static final String REQUESTS = "limits.find { it.name == 'requests_per_day' }.";
    private static final String TOKENS = "limits.find { it.name == 'tokens_per_day' }.";

    @Test
    void grantsWhatWasAskedAndShowsEveryWindowAfterIt() {
        reserve(userOf(id("org_")), reservationBody())
                .statusCode(200)
                .body("id", startsWith("rsv_"))
                .body("granted_output_tokens", equalTo(50))
                .body("lease_until", notNullValue())
                .body("plan", equalTo("free"))
                .body("warnings", empty())
                .body("limits", hasSize(5))
                .body(REQUESTS + "used", equalTo(1))
                .body(REQUESTS + "remaining", equalTo(999))
                .body(REQUESTS + "soft", equalTo(800))
                .body(REQUESTS + "scope", equalTo("organization"))
                .body(TOKENS + "used", equalTo(150))
                .body(TOKENS + "hard", equalTo(100_000));
    }

    @Test
    void grantsTheModelsDefaultWhenNothingWasAsked() {
        reserve(userOf(id("org_")), reservationBody("output_tokens", null))
                .statusCode(200)
                .body("granted_output_tokens", equalTo(1024));
    }

    @Test
    void grantsWhatIsLeftAndWarnsPastTheSoftLimit() {
        TokenClaims user = userOf(id("org_"));
        reserve(user, reservationBody("input_tokens", 99_000)).statusCode(200);
        reserve(user, reservationBody("output_tokens", 5_000))
                .statusCode(200)
                .body("granted_output_tokens", equalTo(100_000 - 99_050 - 100))
                .body("warnings", contains("tokens_per_day"))
                .body(TOKENS + "remaining", equalTo(0));
    }

    @Test
    void refusesWhenNotEvenOneTokenOfOutputFitsAndChangesNothing() {
        TokenClaims user = userOf(id("org_"));
        reserve(user, reservationBody("input_tokens", 99_000)).statusCode(200);
        for (int i = 0; i < 2; i++) {
            reserve(user, reservationBody("input_tokens", 950))
                    .statusCode(429)
                    .body("error.code", equalTo("quota_exceeded"))
                    .header("Retry-After", notNullValue())
                    .header("retry-after-ms", notNullValue())
                    .body(TOKENS + "used", equalTo(99_050))
                    .body(REQUESTS + "used", equalTo(1));
        }
        reserve(user, reservationBody("input_tokens", 949))
                .statusCode(200)
                .body("granted_output_tokens", equalTo(1));
    }

    @Test
    void anUnlimitedPlanShowsNullAsItsHardLimit() {
        String organization = id("org_");
        subscribe(organization, "enterprise");
        reserve(userOf(organization), reservationBody("tier", "premium"))
                .statusCode(200)
                .body("plan", equalTo("enterprise"))
                .body(REQUESTS + "hard", nullValue())
                .body(REQUESTS + "remaining", nullValue())
                .body(REQUESTS + "used", equalTo(1));
    }

    @Test
    void aPremiumModelIsNotInTheFreePlan() {
        reserve(userOf(id("org_")), reservationBody("tier", "premium"))
                .statusCode(403)
                .body("error.code", equalTo("model_not_in_plan"))
                .body(REQUESTS + "used", equalTo(0));
    }

    @Test
    void aSuspendedSubscriptionAdmitsNothing() {
        String organization = id("org_");
        asOperator()
                .body(Map.of("organization", organization, "plan", "pro", "status", "suspended"))
                .post("/v1/subscriptions")
                .then()
                .statusCode(201);
        reserve(userOf(organization), reservationBody())
                .statusCode(402)
                .body("error.code", equalTo("subscription_inactive"));
    }

    @Test
    void guestsHaveTheGuestsPlanWhateverTheirOrganizationHas() {
        String organization = id("org_");
        subscribe(organization, "pro");
        reserve(userOf(organization).withRoles("guest"), reservationBody())
                .statusCode(200)
                .body("plan", equalTo("guest"));
    }

    @Test
    void aReleaseGivesEverythingBackOnce() {
        TokenClaims user = userOf(id("org_"));
        String reservation = reserve(user, reservationBody()).extract().path("id");
        for (int i = 0; i < 2; i++) {
            asGatewayFor(user)
                    .delete("/internal/reservations/" + reservation)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(reservation))
                    .body("deleted", equalTo(true));
        }
        as(user).get("/v1/limits")
                .then()
                .statusCode(200)
                .body("plan", equalTo("free"))
                .body("data", hasSize(5))
                .body("data.used", equalTo(List.of(0, 0, 0, 0, 0)));
    }

    @Test
    void aReservationThatReachedAProviderIsNotReleased() {
        TokenClaims user = userOf(id("org_"));
        String reservation = reserve(user, reservationBody()).extract().path("id");
        asGateway()
                .body(Map.of("calls", List.of(progress(reservation, 100, 7))))
                .post("/internal/reservations/progress")
                .then()
                .statusCode(200)
                .body("unknown", empty());
        asGateway()
                .delete("/internal/reservations/" + reservation)
                .then()
                .statusCode(409)
                .body("error.code", equalTo("version_conflict"));
    }

    @Test
    void aCallThatGotNothingFromItsProviderIsGivenBackByTheGatewayAlone() {
        TokenClaims user = userOf(id("org_"));
        String reservation = reserve(user, reservationBody()).extract().path("id");
        asGateway()
                .body(Map.of("calls", List.of(progress(reservation, 100, 0))))
                .post("/internal/reservations/progress")
                .then()
                .statusCode(200);
        asGatewayFor(user).delete("/internal/reservations/" + reservation).then().statusCode(409);
        asGateway().delete("/internal/reservations/" + reservation).then().statusCode(200);
        as(user).get("/v1/limits").then().body("data.used", equalTo(List.of(0, 0, 0, 0, 0)));
    }

    @Test
    void aDecisionThatTheDatabaseKeepsWaitingIsUnavailable() throws Exception {
        TokenClaims user = userOf(id("org_"));
        reserve(user, reservationBody()).statusCode(200);
        try (Connection other = database.source().getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement lock =
                    other.prepareStatement(
                            "select 1 from quota_window where organization_id = ? for update")) {
                lock.setString(1, user.organization());
                lock.execute();
                reserve(user, reservationBody())
                        .statusCode(503)
                        .body("error.code", equalTo("dependency_unavailable"))
                        .header("Retry-After", notNullValue());
            } finally {
                other.rollback();
                other.setAutoCommit(true);
            }
        }

        reserve(user, reservationBody()).statusCode(200);
    }

    @Test
    void progressNamesTheReservationsThatAreNotOpen() {
        String unknown = id("rsv_");
        asGateway()
                .body(Map.of("calls", List.of(progress(unknown, 1, 1))))
                .post("/internal/reservations/progress")
                .then()
                .statusCode(200)
                .body("unknown", hasItem(unknown));
    }

    @Test
    void anothersReservationIsAsGoodAsNone() {
        String reservation = reserve(userOf(id("org_")), reservationBody()).extract().path("id");
        for (String id : List.of(reservation, id("rsv_"), "rsv_nonsense")) {
            asGatewayFor(userOf(id("org_")))
                    .delete("/internal/reservations/" + id)
                    .then()
                    .statusCode(404)
                    .body("error.code", equalTo("not_found"));
        }
    }

    static Map<String, Object> progress(String reservation, int input, int output) {
        return Map.of(
                "reservation", reservation,
                "reached_provider", true,
                "input_tokens", input,
                "output_tokens", output);
    }
}
