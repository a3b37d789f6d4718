package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class MembersIT {
    @Inject AgroalDataSource database;

    private Response session;
    private String user;
    private String organization;

    @BeforeEach
    void register() {
        session = Api.aSession();
        JsonNode claims = Api.claims(session.path("access_token"));
        user = claims.path("sub").asText();
        organization = claims.path("org").asText();
    }

    @Test
    void anAdminMakesAMemberAnAuditorWhoseNextTokenReadsAudits() throws SQLException {
        Response changed = change(session.path("access_token"), "admin", "auditor", "user");

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.<String>path("id")).isEqualTo(user);
        assertThat(changed.<List<String>>path("roles")).containsExactly("admin", "auditor", "user");
        Response next = Api.refresh(session.path("refresh_token"));
        JsonNode claims = Api.claims(next.path("access_token"));
        assertThat(claims.path("roles").toString()).contains("auditor");
        assertThat(claims.path("scope").asText().split(" ")).contains("audit:read", "chat");
        assertThat(Api.bearer(session.path("access_token")).get("/v1/users/me").statusCode())
                .isEqualTo(200);
        change(next.path("access_token"), "admin", "auditor", "user").then().statusCode(200);
        assertThat(told()).containsExactly("member.change allowed " + user);
    }

    @Test
    void whatIsTakenAwayIsGoneEverywhere() {
        change(session.path("access_token"), "admin", "auditor", "user");
        Response next = Api.refresh(session.path("refresh_token"));
        String token = next.path("access_token");
        String key =
                Api.createKey(token, Map.of("name", "k", "scopes", List.of("audit:read", "chat")))
                        .path("key");
        assertThat(scopesOf(key)).containsExactlyInAnyOrder("audit:read", "chat");

        change(token, "admin", "user").then().statusCode(200);

        Eventually.within2Seconds(
                () ->
                        assertThat(Api.bearer(token).get("/v1/users/me").statusCode())
                                .isEqualTo(401));
        assertThat(scopesOf(key)).containsExactly("chat");
        JsonNode claims = Api.claims(Api.refresh(next.path("refresh_token")).path("access_token"));
        assertThat(claims.path("scope").asText()).doesNotContain("audit:read");
    }

    @Test
    void anOrganizationKeepsAnAdmin() {
        Response refused = change(session.path("access_token"), "auditor", "user");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.<String>path("error.param")).isEqualTo("roles");
        assertThat(
                        Api.bearer(session.path("access_token"))
                                .get("/v1/users/me")
                                .<List<String>>path("roles"))
                .containsExactly("admin", "user");
    }

    @Test
    void someoneElsesOrganizationIsNotThere() {
        String stranger = Api.aSession().path("access_token");
        String nobody = "user_00000000000070008000000000000009";

        assertThat(change(stranger, "user").statusCode()).isEqualTo(404);
        assertThat(
                        patch(
                                        session.path("access_token"),
                                        organization + "/members/" + nobody,
                                        "{\"roles\":[\"user\"]}")
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aKeyRaisesNobody() {
        String key =
                Api.createKey(
                                session.path("access_token"),
                                Map.of("name", "k", "scopes", List.of("users:manage")))
                        .path("key");

        Response refused = change(key, "admin", "auditor", "user");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.<String>path("error.code")).isEqualTo("insufficient_scope");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid_request | roles",
                "{\"roles\":[]} | invalid_request | roles",
                "{\"roles\":\"admin\"} | invalid_request | roles",
                "{\"roles\":[\"admin\",\"king\"]} | invalid_request | roles[1]",
                "{\"roles\":[\"operator\"]} | invalid_request | roles[0]",
                "{\"roles\":[\"service\"]} | invalid_request | roles[0]",
                "{\"roles\":[\"guest\"]} | invalid_request | roles[0]",
                "{\"roles\":[\"admin\"],\"name\":\"x\"} | unknown_parameter | name",
            })
    void refusesBadInputNamingTheField(String body, String code, String param) {
        Response answer =
                patch(session.path("access_token"), organization + "/members/" + user, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("error.code")).isEqualTo(code);
        assertThat(answer.<String>path("error.param")).isEqualTo(param);
    }

    private Response change(String token, String... roles) {
        return patch(
                token,
                organization + "/members/" + user,
                "{\"roles\":[\"" + String.join("\",\"", roles) + "\"]}");
    }

    private static Response patch(String token, String path, String body) {
        return Api.bearer(token)
                .contentType(ContentType.JSON)
                .body(body)
                .patch("/v1/organizations/" + path);
    }

    private static List<String> scopesOf(String key) {
        String token = Api.exchange("llm-gateway-service", key, Api.API_KEY).path("access_token");
        return List.of(Api.claims(token).path("scope").asText().split(" "));
    }

    private List<String> told() throws SQLException {
        String sql =
                """
                select concat_ws(' ', data::json ->> 'action', data::json ->> 'outcome',
                    data::json ->> 'resource_id')
                from outbox where topic = 'parley.audit' and event_key = ?
                    and data::json ->> 'action' = 'member.change'
                """;
        List<String> deeds = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, organization);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    deeds.add(row.getString(1));
                }
            }
        }
        return deeds;
    }
}
