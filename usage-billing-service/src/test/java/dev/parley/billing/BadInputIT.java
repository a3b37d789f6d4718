package dev.parley.billing;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.testing.peers.IdentityPeer;
import dev.parley.testing.peers.TokenClaims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BadInputIT extends ServiceIT {
    private final TokenClaims user = userOf(id("org_"));

    static Stream<Arguments> badReservations() {
        return Stream.of(
                Arguments.of("call", null),
                Arguments.of("call", ""),
                Arguments.of("call", "x".repeat(201)),
                Arguments.of("call", 7),
                Arguments.of("call", "a\u0000b"),
                Arguments.of("model", null),
                Arguments.of("tier", "gold"),
                Arguments.of("tier", null),
                Arguments.of("input_tokens", null),
                Arguments.of("input_tokens", -1),
                Arguments.of("input_tokens", "12"),
                Arguments.of("input_tokens", 1.5),
                Arguments.of("input_tokens", 100_000_001),
                Arguments.of("output_tokens", 0),
                Arguments.of("output_tokens", true),
                Arguments.of("default_output_tokens", 0),
                Arguments.of("default_output_tokens", null),
                Arguments.of("purpose", "fun"),
                Arguments.of("conversation", ""),
                Arguments.of("conversation", "x".repeat(201)),
                Arguments.of("conversation", "a\u0000b"),
                Arguments.of("response", ""),
                Arguments.of("response", 7));
    }

    @ParameterizedTest
    @MethodSource("badReservations")
    void aBadReservationIsRefusedAndItsFieldNamed(String field, @Nullable Object value) {
        refused(reserve(user, reservationBody(field, value)), field);
    }

    @Test
    void anUnknownParameterIsNamed() {
        reserve(user, reservationBody("organization", "org_1"))
                .statusCode(400)
                .body("error.code", equalTo("unknown_parameter"))
                .body("error.param", equalTo("organization"));
        as(user).get("/v1/usage/summary?by=model&color=red")
                .then()
                .statusCode(400)
                .body("error.code", equalTo("unknown_parameter"))
                .body("error.param", equalTo("color"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{", "[]", "null", "\"text\"", "{\"call\":\"a\",\"call\":\"b\"}", "''"})
    void aBodyThatIsNoReservationIsRefused(String body) {
        reserve(user, body).statusCode(400).body("error.code", equalTo("invalid_request"));
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        reserve(user, "{\"call\":\"" + "x".repeat(4 * 1024 * 1024) + "\"}")
                .statusCode(413)
                .body("error.code", equalTo("body_too_large"));
    }

    @Test
    void badProgressIsRefusedAndItsPlaceNamed() {
        for (Map.Entry<String, Object> bad :
                Map.<String, Object>of(
                                "calls[0].reservation", "rsv_nonsense",
                                "calls[0].input_tokens", -1,
                                "calls[0].output_tokens", "many",
                                "calls[0].reached_provider", "yes")
                        .entrySet()) {
            Map<String, Object> call =
                    new java.util.HashMap<>(ReservationIT.progress(id("rsv_"), 1, 1));
            call.put(bad.getKey().substring("calls[0].".length()), bad.getValue());
            refused(progress(Map.of("calls", List.of(call))), bad.getKey());
        }
        refused(progress(Map.of()), "calls");
        refused(progress("{\"calls\":[null]}"), "calls[0]");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/usage/summary?by=colour, by",
        "/v1/usage/summary?period=year, period",
        "/v1/plans?limit=0, limit",
        "/v1/plans?limit=many, limit",
        "/v1/plans?order=up, order",
        "/v1/plans?after=unheard-of, after",
        "/v1/plans?after=free&before=pro, before",
        "/v1/prices?limit=101, limit"
    })
    void aBadQueryIsRefusedAndItsParameterNamed(String path, String param) {
        refused(as(user).get(path).then(), param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor", "action", "resource", "conversation", "trace", "organization"})
    void anAuditFilterThatNoRecordCanHoldIsRefusedAndNamed(String param) {
        TokenClaims auditor = user.withRoles("auditor").withScopes("audit:read");
        for (String value : List.of("a\u0000b", "x".repeat(201))) {
            refused(as(auditor).queryParam(param, value).get("/v1/audit/events").then(), param);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/plans", "/v1/prices", "/v1/audit/events"})
    void aPlaceInAListThatCannotBeIsRefusedAndNamed(String path) {
        TokenClaims reader = user.withRoles("auditor").withScopes("usage:read", "audit:read");
        refused(as(reader).queryParam("after", "a\u0000b").get(path).then(), "after");
    }

    @Test
    void aBadSubscriptionIsRefusedAndItsFieldNamed() {
        String organization = id("org_");
        refused(subscription(Map.of("plan", "pro")), "organization");
        refused(subscription(Map.of("organization", "org_1", "plan", "pro")), "organization");
        refused(subscription(Map.of("organization", organization)), "plan");
        refused(subscription(Map.of("organization", organization, "plan", "gold")), "plan");
        refused(
                subscription(Map.of("organization", organization, "plan", "pro", "status", "odd")),
                "status");
    }

    @Test
    void onlyTheOperatorSubscribes() {
        for (String role : List.of("user", "admin", "auditor", "guest")) {
            as(user.withRoles(role))
                    .body(Map.of("organization", user.organization(), "plan", "enterprise"))
                    .post("/v1/subscriptions")
                    .then()
                    .statusCode(403)
                    .body("error.code", equalTo("insufficient_scope"));
        }
    }

    @Test
    void aScopeThatIsMissingIsNamed() {
        for (String path : List.of("/v1/usage/summary", "/v1/limits", "/v1/plans", "/v1/prices")) {
            as(user.withScopes("chat"))
                    .get(path)
                    .then()
                    .statusCode(403)
                    .body("error.code", equalTo("insufficient_scope"));
        }
    }

    @Test
    void badTokensAreRefused() {
        for (String path : List.of("/v1/usage/summary", "/v1/limits", "/v1/subscriptions")) {
            unauthorized(bearer("").get(path).then(), "invalid_token");
            unauthorized(bearer("forged.token.here").get(path).then(), "invalid_token");
            unauthorized(as(user.expired()).get(path).then(), "expired_token");
            unauthorized(asGatewayFor(user).get(path).then(), "invalid_token");
        }
        String key = IdentityPeer.apiKey(user);
        bearer(key).get("/v1/limits").then().statusCode(200);
        IdentityPeer.revoke(key);
        awaitRefusal(key);
    }

    @Test
    void internalEndpointsTakeOnlyTheirKindOfToken() {
        Map<String, ?> body = reservationBody();
        unauthorized(as(user).body(body).post("/internal/reservations").then(), "invalid_token");
        asGateway().body(body).post("/internal/reservations").then().statusCode(403);
        asGatewayFor(user)
                .body(Map.of("calls", List.of()))
                .post("/internal/reservations/progress")
                .then()
                .statusCode(403);
        asGatewayFor(user).get("/internal/changes").then().statusCode(403);
        refused(asGateway().get("/internal/changes?after=-1").then(), "after");
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        as(user).get("/v1/unheard-of").then().statusCode(404);
    }

    private static ValidatableResponse progress(Object body) {
        return asGateway().body(body).post("/internal/reservations/progress").then();
    }

    private static ValidatableResponse subscription(Object body) {
        return asOperator().body(body).post("/v1/subscriptions").then();
    }

    private static void refused(ValidatableResponse answer, String param) {
        answer.statusCode(400)
                .contentType("application/problem+json")
                .header("x-request-id", notNullValue())
                .body("error.code", equalTo("invalid_request"))
                .body("error.param", equalTo(param));
    }

    private static void unauthorized(ValidatableResponse answer, String code) {
        answer.statusCode(401)
                .header("WWW-Authenticate", notNullValue())
                .body("error.code", equalTo(code));
    }

    private static void awaitRefusal(String key) {
        await(() -> bearer(key).get("/v1/limits").statusCode() != 200);
        unauthorized(bearer(key).get("/v1/limits").then(), "invalid_token");
    }
}
