package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class OperationsIT {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void isReadyOnceItHasAKeyAndADatabase() {
        Response health = given().get(management.resolve("health/ready"));

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.<List<String>>path("checks.name"))
                .contains("signing key", "Database connections health check");
    }

    @Test
    void keepsHealthAndMetricsOffThePublicPort() {
        assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(404);
        assertThat(given().get("/q/metrics").statusCode()).isEqualTo(404);
        assertThat(given().get(management.resolve("metrics")).asString())
                .contains("http_server_requests_seconds");
    }

    @Test
    void servesItsOwnDocument() {
        Response document = given().get("/openapi/identity-service.json");

        assertThat(document.statusCode()).isEqualTo(200);
        Map<String, ?> paths = document.jsonPath().getMap("paths");
        assertThat(paths)
                .containsKeys(
                        "/v1/auth/register",
                        "/v1/auth/login",
                        "/v1/auth/guest",
                        "/v1/auth/logout",
                        "/v1/auth/password",
                        "/v1/users/me",
                        "/v1/api_keys",
                        "/v1/api_keys/{id}",
                        "/oauth2/token",
                        "/oauth2/revoke",
                        "/oauth2/introspect",
                        "/oauth2/jwks")
                .doesNotContainKey("/internal/changes");
        assertThat(document.<Object>path("paths.'/oauth2/revoke'.post.responses.'200'.content"))
                .isNull();
        for (String path : List.of("/v1/api_keys", "/v1/auth/register")) {
            assertThat(document.<List<String>>path("paths.'" + path + "'.post.parameters.name"))
                    .contains("Idempotency-Key", "X-Stainless-Retry-Count");
        }
        assertThat(document.jsonPath().getMap("components.schemas.ApiKey.properties"))
                .containsKeys("id", "created_at", "expires_at", "scopes");
    }

    @Test
    void answersProblemsWithRequestAndTraceIds() {
        Response answer =
                given().header("x-request-id", "mine-1")
                        .header(
                                "traceparent",
                                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .get("/v1/users/me");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.getHeader("x-request-id")).isEqualTo("mine-1");
        assertThat(answer.<String>path("trace_id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(answer.<String>path("instance")).isEqualTo("/v1/users/me");
    }

    @Test
    void refusesPathsAndMethodsThatThereAreNot() {
        assertThat(given().get("/v1/auth/nothing").statusCode()).isEqualTo(404);
        assertThat(given().get("/v1/auth/login").statusCode()).isEqualTo(405);
        assertThat(
                        Api.json()
                                .body("x".repeat(4 * 1024 * 1024 + 1))
                                .post("/v1/auth/login")
                                .statusCode())
                .isEqualTo(413);
        assertThat(given().contentType("text/plain").body("x").post("/v1/auth/login").statusCode())
                .isEqualTo(415);
    }
}
