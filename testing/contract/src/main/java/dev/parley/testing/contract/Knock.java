package dev.parley.testing.contract;

import static io.restassured.RestAssured.given;

import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One try to open a door, and what became of it. */
record Knock(AccessRow row, String path, String body, String caller, Response answer) {
    static final String NOTHING = "{}";

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** Asks, with the body where one goes. */
    static Knock at(
            AccessRow row, String path, String body, String caller, @Nullable String bearer) {
        RequestSpecification request = given();
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (WITH_BODY.contains(row.verb())) {
            request.contentType("application/json").body(body);
        }
        return new Knock(row, path, body, caller, request.request(row.verb(), path));
    }

    /** The same at a path that names nothing there is. */
    static Knock at(AccessRow row, String caller, @Nullable String bearer) {
        return at(
                row, row.path().replaceAll("\\{[^}]+}", "nothing_there"), NOTHING, caller, bearer);
    }

    /** What was asked and answered. */
    Exchange exchange() {
        String[] asked = path.split("\\?", 2);
        return new Exchange(
                row.verb(),
                asked[0],
                asked.length == 1 ? null : asked[1],
                WITH_BODY.contains(row.verb()) ? body : null,
                answer.statusCode(),
                answer.headers().asList().stream()
                        .collect(
                                Collectors.toMap(
                                        it -> it.getName().toLowerCase(Locale.ROOT),
                                        Header::getValue,
                                        (one, other) -> one)),
                true,
                answer.asString());
    }

    /** Whether the door was open, whatever was behind it. */
    boolean wentIn() {
        return answer.statusCode() < 500 && !isRefusedAtTheDoor();
    }

    boolean wasToldNothing() {
        return answer.statusCode() == 404;
    }

    boolean wasUnknown() {
        return answer.statusCode() == 401 && answer.getHeader("WWW-Authenticate") != null;
    }

    boolean wasForbidden() {
        return answer.statusCode() == 403 && code().equals("insufficient_scope");
    }

    private boolean isRefusedAtTheDoor() {
        return wasForbidden() || (answer.statusCode() == 401 && code().endsWith("_token"));
    }

    private String code() {
        return answer.contentType().startsWith("application/problem+json")
                ? answer.jsonPath().getString("error.code")
                : "";
    }

    @Override
    public String toString() {
        return row + " by " + caller + " -> " + answer.statusCode() + " " + answer.asString();
    }
}
