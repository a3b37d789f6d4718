package dev.parley.billing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SurfaceIT extends ServiceIT {
    @Test
    void isReadyOnTheManagementPortOnly() {
        given().port(managementPort())
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItem("plans and prices are loaded"))
                .body("checks.name", hasItem("Database connections health check"));
        given().port(managementPort())
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("jvm_memory"))
                .body(containsString("\nparley_ready 1.0"));
        given().get("/q/health/ready").then().statusCode(404);
        given().get("/q/metrics").then().statusCode(404);
    }

    @Test
    void describesItsPublicApi() {
        given().get("/openapi/usage-billing-service.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("paths", hasKey("/v1/usage/summary"))
                .body("paths", hasKey("/v1/limits"))
                .body("paths", hasKey("/v1/subscriptions"))
                .body("paths", not(hasKey("/internal/reservations")));
    }

    private static int managementPort() {
        return ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
    }
}
