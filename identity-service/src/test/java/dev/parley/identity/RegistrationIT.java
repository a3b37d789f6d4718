package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class RegistrationIT {

    @Test
    void registersAPersonAsTheAdminOfAPersonalOrganization() {
        String email = Api.anEmail();

        Response answer = Api.register(email);

        assertThat(answer.<String>path("id")).matches("user_[0-9a-f]{32}");
        assertThat(answer.getHeader("Location")).endsWith("/v1/users/" + answer.path("id"));
        assertThat(answer.<String>path("object")).isEqualTo("user");
        assertThat(answer.<String>path("email")).isEqualTo(email);
        assertThat(answer.<String>path("name")).isEqualTo("Ada Lovelace");
        assertThat(answer.<String>path("organization")).matches("org_[0-9a-f]{32}");
        assertThat(answer.<List<String>>path("roles")).containsExactly("admin", "user");
        assertThat(answer.<Integer>path("created_at")).isGreaterThan(1_700_000_000);
        assertThat(answer.asString()).doesNotContain("password");
    }

    @Test
    void refusesAnAddressThatIsTakenInAnySpelling() {
        Api.register("taken.person@example.org");

        Response answer =
                register(
                        Map.of(
                                "email",
                                "  TAKEN.Person@EXAMPLE.org ",
                                "password",
                                Api.PASSWORD,
                                "name",
                                "B"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("error.code")).isEqualTo("invalid_request");
        assertThat(answer.<String>path("error.param")).isEqualTo("email");
        assertThat(answer.asString()).doesNotContain("taken.person").doesNotContain("exists");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email\":\"no-address\",\"password\":\"long enough\",\"name\":\"A\"} | invalid_request | email",
                "{\"email\":\"a@b.c\",\"password\":\"short\",\"name\":\"A\"} | invalid_request | password",
                "{\"email\":\"someone@b.c\",\"password\":\"SOMEONE@b.c\",\"name\":\"A\"} | invalid_request | password",
                "{\"email\":\"a@b.c\",\"password\":\"long enough\",\"name\":\"  \"} | invalid_request | name",
                "{\"email\":\"a@b.c\",\"password\":\"long enough\"} | invalid_request | name",
                "{\"email\":7,\"password\":\"long enough\",\"name\":\"A\"} | invalid_request | email",
                "{\"email\":\"a@b.c\",\"password\":[],\"name\":\"A\"} | invalid_request | password",
                "{\"email\":\"a@b.c\",\"password\":\"long\\u0000 enough\",\"name\":\"A\"} | invalid_request | password",
                "{\"email\":\"a@b.c\",\"password\":\"long enough\",\"name\":\"\\ud800\"} | invalid_request | name",
                "{\"email\":\"a@b.c\",\"password\":\"long enough\",\"name\":\"A\",\"role\":\"admin\"} | unknown_parameter | role",
                "{\"email\":\"a@b.c\",\"password\":\"long enough\",\"name\":\"A\",\"invitation\":\"x\"} | unsupported_parameter | invitation",
            })
    void refusesBadInputNamingTheField(String body, String code, String param) {
        Response answer = Api.json().body(body).post("/v1/auth/register");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.<String>path("error.code")).isEqualTo(code);
        assertThat(answer.<String>path("error.param")).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email\":",
                "[]",
                "null",
                "''",
                "{\"email\":\"a@b.c\",\"email\":\"d@e.f\"}"
            })
    void refusesBodiesThatAreNoRequest(String body) {
        Response answer = Api.json().body(body).post("/v1/auth/register");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("error.code")).isEqualTo("invalid_request");
    }

    @Test
    void capsRegistrationsPerAddress() {
        String address = Api.anAddress();
        for (int i = 0; i < 3; i++) {
            assertThat(registerFrom(address).statusCode()).isEqualTo(201);
        }

        Response refused = registerFrom(address);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.<String>path("error.code")).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(refused.getHeader("Retry-After"))).isBetween(1, 3600);
        assertThat(registerFrom(Api.anAddress()).statusCode()).isEqualTo(201);
    }

    private static Response registerFrom(String address) {
        return Api.from(address)
                .contentType(ContentType.JSON)
                .body(Map.of("email", Api.anEmail(), "password", Api.PASSWORD, "name", "A"))
                .post("/v1/auth/register");
    }

    private static Response register(Map<String, String> body) {
        return Api.json().body(body).post("/v1/auth/register");
    }
}
