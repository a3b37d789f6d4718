package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class TokenEndpointIT {
    private static final String GATEWAY = "llm-gateway-service";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conversation-service",
                "llm-gateway-service",
                "usage-billing-service",
                "moderation-service",
                "identity-service"
            })
    void givesEachServiceAnInternalToken(String service) {
        JsonNode claims = Api.claims(Api.serviceToken(service));

        assertThat(claims.path("aud").asText()).isEqualTo("parley-internal");
        assertThat(claims.path("sub").asText()).isEqualTo(service);
        assertThat(claims.path("client_id").asText()).isEqualTo(service);
        assertThat(claims.path("roles").toString()).isEqualTo("[\"service\"]");
        assertThat(claims.has("org")).isFalse();
        assertThat(claims.has("scope")).isFalse();
        assertThat(claims.has("act")).isFalse();
    }

    @Test
    void givesTheOperatorAClientsToken() {
        Response answer = Api.token(Api.operator(), Map.of("grant_type", "client_credentials"));

        JsonNode claims = Api.claims(answer.path("access_token"));
        assertThat(answer.<Object>path("refresh_token")).isNull();
        assertThat(claims.path("aud").asText()).isEqualTo("parley");
        assertThat(claims.path("sub").asText()).startsWith("svc_");
        assertThat(claims.path("org").asText()).startsWith("org_");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"operator\"]");
        assertThat(claims.path("scope").asText()).isEqualTo("audit:read operate usage:read");
    }

    @Test
    void narrowsScopesAndRefusesMore() {
        Response less =
                Api.token(
                        Api.operator(),
                        Map.of("grant_type", "client_credentials", "scope", "operate"));
        Response more =
                Api.token(
                        Api.operator(),
                        Map.of("grant_type", "client_credentials", "scope", "operate chat"));
        Response unknown =
                Api.token(
                        Api.operator(),
                        Map.of("grant_type", "client_credentials", "scope", "everything"));

        assertThat(less.<String>path("scope")).isEqualTo("operate");
        assertThat(more.<String>path("error")).isEqualTo("invalid_scope");
        assertThat(unknown.<String>path("error")).isEqualTo("invalid_scope");
    }

    @Test
    void refusesAClientThatCannotProveItself() {
        for (String authorization :
                List.of(
                        "",
                        Api.basic(GATEWAY, "wrong"),
                        Api.basic("nobody", "x"),
                        Api.basic("", ""),
                        Api.basic("a\u0000b", "x"),
                        "Basic !!!",
                        "Bearer x")) {
            Response answer = Api.token(authorization, Map.of("grant_type", "client_credentials"));

            assertThat(answer.statusCode()).as(authorization).isEqualTo(401);
            assertThat(answer.<String>path("error")).isEqualTo("invalid_client");
            assertThat(answer.getHeader("WWW-Authenticate")).startsWith("Basic");
            assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | invalid_request",
                "grant_type= | invalid_request",
                "grant_type=authorization_code&code=x | unsupported_grant_type",
                "grant_type=password | unsupported_grant_type",
                "grant_type=client_credentials&grant_type=client_credentials | invalid_request",
                "grant_type=client_credentials&client_id=a&client_secret=b | invalid_request",
                "grant_type=client_credentials&x=%zz | invalid_request",
                "grant_type=client_credentials&x=%00 | invalid_request",
                "grant_type=refresh_token | invalid_grant",
            })
    void answersErrorsOfRfc6749(String body, String error) {
        Response answer =
                given().header("Authorization", Api.service(GATEWAY))
                        .contentType(ContentType.URLENC)
                        .body(body)
                        .post("/oauth2/token");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.<String>path("error")).isEqualTo(error);
        assertThat(answer.<String>path("error_description")).isNotBlank();
    }

    @Test
    void wantsAForm() {
        Response answer =
                given().header("Authorization", Api.service(GATEWAY))
                        .contentType(ContentType.JSON)
                        .body("{\"grant_type\":\"client_credentials\"}")
                        .post("/oauth2/token");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("error")).isEqualTo("invalid_request");
    }

    @Test
    void exchangesAnAccessToken() {
        String token = Api.aSession().path("access_token");
        JsonNode subject = Api.claims(token);

        Response answer = Api.exchange(GATEWAY, token, Api.ACCESS_TOKEN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.<String>path("issued_token_type")).isEqualTo(Api.ACCESS_TOKEN);
        assertThat(answer.<String>path("token_type")).isEqualTo("Bearer");
        assertThat(answer.<Integer>path("expires_in")).isBetween(1, 60);
        assertThat(answer.<Object>path("refresh_token")).isNull();
        JsonNode claims = Api.claims(answer.path("access_token"));
        assertThat(claims.path("aud").asText()).isEqualTo("parley-internal");
        for (String same : List.of("iss", "sub", "org", "roles", "scope", "sid")) {
            assertThat(claims.path(same)).as(same).isEqualTo(subject.path(same));
        }
        assertThat(claims.path("client_id").asText()).isEqualTo(GATEWAY);
        assertThat(claims.path("act").toString()).isEqualTo("{\"sub\":\"" + GATEWAY + "\"}");
        assertThat(claims.has("key")).isFalse();
        assertThat(claims.path("jti")).isNotEqualTo(subject.path("jti"));
        assertThat(claims.path("since_ms")).isEqualTo(subject.path("since_ms"));
        assertThat(subject.path("since_ms").asLong() / 1000)
                .isEqualTo(subject.path("iat").asLong());
    }

    @Test
    void exchangesAnApiKey() {
        Response session = Api.aSession();
        Response key = Api.createKey(session.path("access_token"), Map.of("name", "k"));

        Response answer = Api.exchange("conversation-service", key.path("key"), Api.API_KEY);

        JsonNode claims = Api.claims(answer.path("access_token"));
        assertThat(claims.path("key").asText()).isEqualTo(key.<String>path("id"));
        assertThat(claims.path("sub"))
                .isEqualTo(Api.claims(session.path("access_token")).path("sub"));
        assertThat(claims.path("scope").asText())
                .isEqualTo("chat conversations instructions usage:read");
        assertThat(claims.has("sid")).isFalse();
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(60);
    }

    @Test
    void anExchangedTokenDoesNotOutliveItsKey() {
        long end = Instant.now().getEpochSecond() + 20;
        Response key =
                Api.createKey(
                        Api.aSession().path("access_token"),
                        Map.of("name", "k", "expires_at", end));

        Response answer = Api.exchange(GATEWAY, key.path("key"), Api.API_KEY);

        assertThat(Api.claims(answer.path("access_token")).path("exp").asLong()).isEqualTo(end);
    }

    @Test
    void exchangesOnceMoreForAnotherService() {
        String token = Api.aSession().path("access_token");
        String first =
                Api.exchange("conversation-service", token, Api.ACCESS_TOKEN).path("access_token");

        Response second = Api.exchange(GATEWAY, first, Api.ACCESS_TOKEN);

        JsonNode claims = Api.claims(second.path("access_token"));
        assertThat(claims.path("act").path("sub").asText()).isEqualTo(GATEWAY);
        assertThat(claims.path("act").path("act").path("sub").asText())
                .isEqualTo("conversation-service");
        assertThat(claims.path("exp").asLong())
                .isLessThanOrEqualTo(Api.claims(first).path("exp").asLong());
    }

    @Test
    void refusesSubjectTokensThatAreNotGood() {
        String serviceToken = Api.serviceToken("moderation-service");

        assertRefused(Api.exchange(GATEWAY, serviceToken, Api.ACCESS_TOKEN));
        assertRefused(Api.exchange(GATEWAY, "not.a.token", Api.ACCESS_TOKEN));
        assertRefused(Api.exchange(GATEWAY, "sk-parley-" + "A".repeat(43), Api.API_KEY));
        assertRefused(Api.exchange(GATEWAY, "sk-other", Api.API_KEY));
        assertRefused(
                Api.exchange(
                        GATEWAY, Api.aSession().<String>path("refresh_token"), Api.ACCESS_TOKEN));
    }

    @Test
    void refusesExchangesThatAreNotAskedForRightly() {
        String token = Api.aSession().path("access_token");

        assertThat(exchangeWith(token, "audience", "parley")).isEqualTo("invalid_target");
        assertThat(exchangeWith(token, "subject_token_type", "urn:x")).isEqualTo("invalid_request");
        assertThat(exchangeWith(token, "actor_token", "x")).isEqualTo("invalid_request");
        assertThat(exchangeWith(token, "requested_token_type", "urn:x"))
                .isEqualTo("invalid_request");
        assertThat(exchangeWith(token, "scope", "operate")).isEqualTo("invalid_scope");
        assertThat(exchangeWith(token, "audience", "")).isEqualTo("invalid_request");
    }

    @Test
    void onlyServicesExchange() {
        Map<String, String> form = exchangeForm(Api.aSession().path("access_token"));

        Response answer = Api.token(Api.operator(), form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("error")).isEqualTo("unauthorized_client");
        assertThat(Api.token("", form).<String>path("error")).isEqualTo("invalid_client");
    }

    @Test
    void revokesTokensOfTheClientThatAsks() {
        Response session = Api.aSession();
        String token = session.path("access_token");

        assertThat(revoke("", token).statusCode()).isEqualTo(200);
        assertRefused(Api.exchange(GATEWAY, token, Api.ACCESS_TOKEN));
        assertThat(Api.refresh(session.path("refresh_token")).statusCode()).isEqualTo(200);
        Eventually.within2Seconds(
                () ->
                        assertThat(Api.bearer(token).get("/v1/users/me").statusCode())
                                .isEqualTo(401));

        Response other = Api.aSession();
        assertThat(revoke(Api.operator(), other.path("access_token")).<String>path("error"))
                .isEqualTo("unauthorized_client");
        assertThat(revoke("", other.path("refresh_token")).statusCode()).isEqualTo(200);
        assertRefused(Api.exchange(GATEWAY, other.path("access_token"), Api.ACCESS_TOKEN));
        assertThat(Api.refresh(other.path("refresh_token")).statusCode()).isEqualTo(400);
        assertThat(revoke("", "nonsense").statusCode()).isEqualTo(200);
    }

    @Test
    void introspectsForConfidentialClients() {
        Response session = Api.aSession();
        String token = session.path("access_token");

        Response active = introspect(Api.operator(), token);
        Response refresh = introspect(Api.operator(), session.path("refresh_token"));
        Response nonsense = introspect(Api.service(GATEWAY), "nonsense");
        Response anonymous = introspect("", token);
        Api.bearer(token).post("/v1/auth/logout");
        Response over = introspect(Api.operator(), token);

        assertThat(active.<Boolean>path("active")).isTrue();
        assertThat(active.<String>path("sub")).isEqualTo(Api.claims(token).path("sub").asText());
        assertThat(active.<String>path("aud")).isEqualTo("parley");
        assertThat(refresh.<Boolean>path("active")).isTrue();
        assertThat(nonsense.asString()).isEqualTo("{\"active\":false}");
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(over.asString()).isEqualTo("{\"active\":false}");
    }

    @Test
    void saysWhatItCanDo() {
        for (String document : List.of("oauth-authorization-server", "openid-configuration")) {
            Response answer = given().get("/.well-known/" + document);

            assertThat(answer.<String>path("issuer")).isEqualTo(IdentityUnderTest.ISSUER);
            assertThat(answer.<String>path("jwks_uri"))
                    .isEqualTo(IdentityUnderTest.ISSUER + "/oauth2/jwks");
            assertThat(answer.<List<String>>path("grant_types_supported")).contains(Api.EXCHANGE);
        }
    }

    private static void assertRefused(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("error")).isEqualTo("invalid_grant");
    }

    private static String exchangeWith(String token, String name, String value) {
        Map<String, String> form = exchangeForm(token);
        form.put(name, value);
        return Api.token(Api.service(GATEWAY), form).path("error");
    }

    private static Map<String, String> exchangeForm(String token) {
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", Api.EXCHANGE);
        form.put("audience", "parley-internal");
        form.put("subject_token", token);
        form.put("subject_token_type", Api.ACCESS_TOKEN);
        return form;
    }

    private static Response revoke(String authorization, String token) {
        return post("/oauth2/revoke", authorization, token);
    }

    private static Response introspect(String authorization, String token) {
        return post("/oauth2/introspect", authorization, token);
    }

    private static Response post(String path, String authorization, String token) {
        var request = given().contentType(ContentType.URLENC).formParam("token", token);
        return (authorization.isEmpty() ? request : request.header("Authorization", authorization))
                .post(path);
    }
}
