package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The service's public face, as its clients use it. */
final class Api {
    static final String PASSWORD = "correct horse battery staple";
    static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    static final String API_KEY = "urn:parley:params:oauth:token-type:api_key";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Api() {}

    /** An address that no other test comes from. */
    static String anAddress() {
        int n = COUNT.incrementAndGet();
        return "198.18." + n / 250 + "." + (1 + n % 250);
    }

    static String anEmail() {
        return "person" + COUNT.incrementAndGet() + "@example.org";
    }

    static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }

    static RequestSpecification json() {
        return from(anAddress()).contentType(ContentType.JSON);
    }

    static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
    }

    static String service(String name) {
        return basic(name, IdentityUnderTest.secretOf(name));
    }

    static String operator() {
        return basic(IdentityUnderTest.OPERATOR, IdentityUnderTest.OPERATOR_SECRET);
    }

    /** Registers someone; the answer has been checked. */
    static Response register(String email) {
        return json().body(Map.of("email", email, "password", PASSWORD, "name", "Ada Lovelace"))
                .post("/v1/auth/register")
                .then()
                .statusCode(201)
                .extract()
                .response();
    }

    static Response login(String email, String password) {
        return json().body(Map.of("email", email, "password", password)).post("/v1/auth/login");
    }

    static Response changePassword(String accessToken, String current, String wanted) {
        return bearer(accessToken)
                .header("X-Forwarded-For", anAddress())
                .contentType(ContentType.JSON)
                .body(Map.of("current_password", current, "new_password", wanted))
                .post("/v1/auth/password");
    }

    /** The token response of a new person. */
    static Response aSession() {
        String email = anEmail();
        register(email);
        return login(email, PASSWORD).then().statusCode(200).extract().response();
    }

    static Response token(String authorization, Map<String, String> form) {
        RequestSpecification request = given().contentType(ContentType.URLENC);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.formParams(form).post("/oauth2/token");
    }

    static Response refresh(String refreshToken) {
        return token("", Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    static Response exchange(String service, String subjectToken, String type) {
        return token(
                service(service),
                Map.of(
                        "grant_type",
                        EXCHANGE,
                        "audience",
                        "parley-internal",
                        "subject_token",
                        subjectToken,
                        "subject_token_type",
                        type));
    }

    static String serviceToken(String service) {
        return token(service(service), Map.of("grant_type", "client_credentials"))
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    /** A key of the session's holder. */
    static Response createKey(String accessToken, Map<String, Object> body) {
        return bearer(accessToken).contentType(ContentType.JSON).body(body).post("/v1/api_keys");
    }

    static JsonNode header(String jwt) {
        return part(jwt, 0);
    }

    static JsonNode claims(String jwt) {
        return part(jwt, 1);
    }

    private static JsonNode part(String jwt, int index) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]));
        } catch (IOException malformed) {
            throw new AssertionError("not a JWT", malformed);
        }
    }
}
