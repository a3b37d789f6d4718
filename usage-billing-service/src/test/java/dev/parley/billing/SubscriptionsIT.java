package dev.parley.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SubscriptionsIT extends ServiceIT {
    private static final String TOPIC = "parley.identity";
    private static final String CREATED = "dev.parley.identity.organization_created.v1";

    @Inject Topics topics;

    private final String organization = id("org_");

    @Test
    void theOperatorGivesAnOrganizationAPlanAndChangesIt() {
        for (int i = 0; i < 2; i++) {
            asOperator()
                    .body(Map.of("organization", organization, "plan", "pro"))
                    .post("/v1/subscriptions")
                    .then()
                    .statusCode(201)
                    .header("Location", endsWith("/v1/subscriptions/" + organization))
                    .body("object", equalTo("subscription"))
                    .body("plan", equalTo("pro"))
                    .body("status", equalTo("active"))
                    .body("version", equalTo(1));
        }
        asOperator()
                .body(Map.of("organization", organization, "plan", "enterprise"))
                .post("/v1/subscriptions")
                .then()
                .statusCode(201)
                .body("version", equalTo(2));
        as(userOf(organization))
                .get("/v1/subscriptions")
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].plan", equalTo("enterprise"));
        reserve(userOf(organization), reservationBody())
                .statusCode(200)
                .body("plan", equalTo("enterprise"));
    }

    @Test
    void aSubscriptionThatIsAskedForAgainIsNotGivenAgain() {
        String token = operatorToken();
        String key = id("key-");
        String pro = "{\"organization\":\"%s\",\"plan\":\"pro\"}".formatted(organization);
        String enterprise = pro.replace("pro", "enterprise");
        Response first = subscribe(token, key, pro);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(subscribe(token, key, enterprise).statusCode()).isEqualTo(422);
        subscribe(token, id("key-"), enterprise).then().body("version", equalTo(2));

        Response again = subscribe(token, key, pro);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        as(userOf(organization))
                .get("/v1/subscriptions")
                .then()
                .body("data[0].plan", equalTo("enterprise"))
                .body("data[0].version", equalTo(2));
    }

    @Test
    void anotherOperatorsKeyIsAnotherOne() {
        String key = id("key-");
        for (String plan : List.of("pro", "enterprise")) {
            String body = "{\"organization\":\"%s\",\"plan\":\"%s\"}".formatted(organization, plan);
            subscribe(operatorToken(), key, body).then().statusCode(201);
        }
    }

    private static String operatorToken() {
        return IdentityPeer.clientToken(
                TokenClaims.client(id("svc_"), id("org_"))
                        .withRoles("operator")
                        .withScopes("operate"));
    }

    private static Response subscribe(String token, String key, String body) {
        return bearer(token).header("Idempotency-Key", key).body(body).post("/v1/subscriptions");
    }

    @Test
    void onlyMembersAndTheOperatorSeeASubscription() {
        subscribe(organization, "pro");
        as(userOf(organization)).get("/v1/subscriptions/" + organization).then().statusCode(200);
        asOperator().get("/v1/subscriptions/" + organization).then().statusCode(200);
        as(userOf(id("org_")).withRoles("admin"))
                .get("/v1/subscriptions/" + organization)
                .then()
                .statusCode(404);
        as(userOf(organization)).get("/v1/subscriptions/nonsense").then().statusCode(404);
    }

    @Test
    void anOrganizationThatNeverSubscribedIsFree() {
        as(userOf(organization))
                .get("/v1/subscriptions")
                .then()
                .body("data[0].plan", equalTo("free"))
                .body("data[0].version", equalTo(0));
    }

    @Test
    void aNewOrganizationGetsItsPlanOnceAndNeverInPlaceOfTheOperators() {
        created(organization, "personal", "pro");
        awaitPlan(organization, "pro");
        asOperator()
                .body(Map.of("organization", organization, "plan", "enterprise"))
                .post("/v1/subscriptions");
        created(organization, "personal", "pro");

        String guests = id("org_");
        created(guests, "guests", "free");
        awaitPlan(guests, "guest");
        awaitPlan(organization, "enterprise");
    }

    @Test
    void aNewOrganizationWithAPlanThatDoesNotExistIsParked() {
        created(organization, "company", "unheard-of");

        assertThat(
                        Topics.header(
                                topics.await(
                                        "parley.identity.dlq",
                                        record -> record.value().contains(organization)),
                                "parley-dlq-reason"))
                .isEqualTo("unknown_plan");
    }

    @Test
    void aNewOrganizationWithoutDataIsParkedAndTheNextOneGetsItsPlan() {
        UUID nothing = topics.send(TOPIC, CREATED, "null");

        assertThat(topics.reasonOf(TOPIC, nothing)).isEqualTo("unreadable_data");
        created(organization, "personal", "pro");
        awaitPlan(organization, "pro");
    }

    @Test
    void changesAreToldInOrder() {
        long before = changes("").getLong("next");
        subscribe(organization, "pro");

        JsonPath after = changes("?after=" + before);
        assertThat(after.getList("changes.id")).contains(organization);
        assertThat(after.getList("changes.kind")).contains("subscription_changed");
        assertThat(after.getLong("next")).isGreaterThan(before);
        assertThat(changes("?after=" + after.getLong("next")).getList("changes")).isEmpty();
    }

    @Test
    void plansAndPricesAreShownPageByPage() {
        as(userOf(organization))
                .get("/v1/plans?order=asc&limit=2")
                .then()
                .statusCode(200)
                .body("data.id", contains("enterprise", "free"))
                .body("has_more", equalTo(true))
                .body("last_id", equalTo("free"));
        as(userOf(organization))
                .get("/v1/plans?order=asc&after=free")
                .then()
                .body("data.id", contains("guest", "pro"))
                .body("has_more", equalTo(false));
        as(userOf(organization))
                .get("/v1/prices")
                .then()
                .statusCode(200)
                .body("data.model", hasItem("simulated"))
                .body("data.model", hasItem("*"));
    }

    private void created(String id, String kind, String plan) {
        topics.send(
                TOPIC,
                CREATED,
                "{\"organization\":\"%s\",\"kind\":\"%s\",\"plan\":\"%s\",\"created_by\":\"user_1\",\"new\":1}"
                        .formatted(id, kind, plan));
    }

    private static void awaitPlan(String organization, String plan) {
        String path = "/v1/subscriptions/" + organization;
        ServiceIT.await(() -> plan.equals(asOperator().get(path).path("plan")));
        asOperator().get(path).then().body("plan", equalTo(plan));
    }

    private static JsonPath changes(String query) {
        return asGateway()
                .get("/internal/changes" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void tellsTheGatewayWhatAPlanCovers() {
        String organization = id("org_");
        subscribe(organization, "enterprise");

        asGateway()
                .get("/internal/entitlements/" + organization)
                .then()
                .statusCode(200)
                .body("plan", equalTo("enterprise"))
                .body("status", equalTo("active"))
                .body("tiers", equalTo(List.of("standard", "premium")));
        asGateway()
                .get("/internal/entitlements/" + organization + "?guest=true")
                .then()
                .statusCode(200)
                .body("plan", equalTo("guest"));
        asGateway().get("/internal/entitlements/nobody").then().statusCode(404);
    }
}
