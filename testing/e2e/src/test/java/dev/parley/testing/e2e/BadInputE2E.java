package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a body, each public POST refuses it whole and says why. */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputE2E {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Stack stack;
    private final Caller caller;
    private final Caller leaver;
    private final Caller operator;
    private final String conversation;
    private final long callsBefore;

    BadInputE2E(Stack stack) {
        this.stack = stack;
        this.caller = stack.anyone().with(stack.admin());
        this.leaver = stack.anyone().with(new People(stack.anyone()).newcomer().accessToken());
        this.operator = stack.anyone().with(stack.operator());
        this.conversation = caller.post("/v1/conversations", "{}").ok(200).text("/id");
        this.callsBefore = stack.simulator().calls().size();
    }

    @AfterAll
    void noneReachedTheModel() {
        assertThat(stack.simulator().calls()).hasSize((int) callsBefore);
        assertThat(stack.ledger().openReservations()).isZero();
    }

    Stream<PublicPost> posts() {
        return PublicPost.ALL.stream();
    }

    Stream<PublicPost> postsWithText() {
        return posts().filter(PublicPost::hasText);
    }

    /** Not those whose body, and with it its type, may be left out. */
    Stream<PublicPost> postsThatNeedABody() {
        return postsWithText().filter(post -> !post.equals(PublicPost.LOGOUT));
    }

    Stream<PublicPost> postsThatNeedMembers() {
        return postsThatNeedABody().filter(post -> !post.path().startsWith("/v1/conversations"));
    }

    Stream<PublicPost> guarded() {
        return posts().filter(post -> !post.open());
    }

    @ParameterizedTest
    @MethodSource("posts")
    void malformedJson(PublicPost post) {
        for (String body :
                List.of("{", "{\"a\":", "not json", "{} {}", "{'a':1}", "{,}", "\"", "nul")) {
            assertProblem(send(post, body), 400, "invalid_request");
        }
    }

    @ParameterizedTest
    @MethodSource("postsThatNeedABody")
    void bytesThatAreNotUtf8(PublicPost post) {
        byte[] body = post.bodyWith("abXc").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == 'X') {
                body[i] = (byte) 0xC3;
            }
        }
        assertProblem(send(post, body, "application/json"), 400, "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void somethingElseThanAnObject(PublicPost post) {
        for (String body : List.of("[]", "\"text\"", "42", "true")) {
            assertProblem(send(post, body), 400, "invalid_request");
        }
    }

    @ParameterizedTest
    @MethodSource("postsThatNeedMembers")
    void noObjectAtAll(PublicPost post) {
        assertProblem(send(post, "null"), 400, "invalid_request");
        assertProblem(send(post, ""), 400, "invalid_request");
        assertProblem(send(post, "{}"), 400, "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void unknownParameters(PublicPost post) {
        assertProblem(
                send(post, post.bodyWithMember("\"no_such_parameter\":1")),
                400,
                "unknown_parameter",
                "no_such_parameter");
    }

    @ParameterizedTest
    @MethodSource("postsWithText")
    void theSameParameterTwice(PublicPost post) {
        String first = post.body().substring(1, post.body().indexOf(':'));
        assertProblem(send(post, post.bodyWithMember(first + ":null")), 400, "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("postsWithText")
    void wrongTypes(PublicPost post) {
        for (String value : List.of("7", "true", "{\"a\":1}", "[[]]", "1.5")) {
            String body = post.body().replaceAll("\"[^\"]*TEXT[^\"]*\"", value);
            assertProblem(send(post, body), 400, "invalid_request");
        }
    }

    @ParameterizedTest
    @MethodSource("postsWithText")
    void nulCharacters(PublicPost post) {
        assertProblem(send(post, post.bodyWith("a\\u0000b")), 400, "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("postsWithText")
    void loneSurrogates(PublicPost post) {
        assertProblem(send(post, post.bodyWith("a\\ud800b")), 400, "invalid_request");
        assertProblem(send(post, post.bodyWith("a\\udc00")), 400, "invalid_request");
        assertProblem(send(post, post.bodyWith("\\ude00\\ud83d")), 400, "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void veryDeepJson(PublicPost post) {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        Answer answer = send(post, post.bodyWithMember("\"x\":" + deep));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isIn("invalid_request", "unknown_parameter");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void bodiesAboveFourMebibytes(PublicPost post) {
        String body = post.bodyWithMember("\"x\":\"" + "a".repeat(4 * MEBIBYTE) + "\"");
        assertProblem(send(post, body), 413, "body_too_large");
    }

    @ParameterizedTest
    @MethodSource("postsThatNeedABody")
    void otherContentTypes(PublicPost post) {
        byte[] body = post.bodyWith("some text").getBytes(StandardCharsets.UTF_8);
        assertProblem(send(post, body, "text/plain"), 415, "invalid_request");
        assertProblem(send(post, body, "application/xml"), 415, "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("posts")
    void otherMethods(PublicPost post) {
        Answer answer = caller.send("TRACE", path(post), null, "application/json");
        assertThat(answer.status()).as(answer.toString()).isIn(404, 405, 501);
        Answer put = caller.put(path(post), post.bodyWith("some text"));
        assertThat(put.status()).as(put.toString()).isIn(404, 405);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void noCredentials(PublicPost post) {
        String body = post.bodyWith("some text");
        assertProblem(stack.anyone().post(path(post), body), 401, "invalid_token");
        assertProblem(
                stack.anyone().post(path(post), body, "authorization", "Basic YTpi"),
                401,
                "invalid_token");
    }

    /** By RFC 6749 (3.2, 5.2), which these endpoints answer by instead. */
    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/revoke", "/oauth2/introspect"})
    void formsThatAreNoForms(String path) {
        String good = "grant_type=client_credentials&token=abc";
        for (String form :
                List.of(
                        "",
                        "&&&",
                        "=",
                        "token",
                        "grant_type=&token=",
                        good + "&grant_type=refresh_token&token=def",
                        good + "&x=%",
                        good + "&x=%zz",
                        good + "&x=%00",
                        good + "&client_secret=abc")) {
            assertOAuthError(form(path, form, FORM), "invalid_request");
        }
        for (String type : List.of("application/json", "text/plain", "multipart/form-data")) {
            assertOAuthError(form(path, "{\"token\":\"abc\"}", type), "invalid_request");
        }
        Answer large = form(path, good + "&x=" + "a".repeat(5 * MEBIBYTE), FORM);
        assertThat(large.status()).as(large.toString()).isEqualTo(413);
    }

    @Test
    void formsThatAskForWhatThereIsNot() {
        assertOAuthError(form("/oauth2/token", "grant_type=magic", FORM), "unsupported_grant_type");
        assertOAuthError(
                form("/oauth2/token", "grant_type=client_credentials&scope=fly", FORM),
                "invalid_scope");
        assertOAuthError(
                stack.anyone()
                        .form(
                                "/oauth2/token",
                                "grant_type=refresh_token&client_id=parley&refresh_token=abc"),
                "invalid_grant");
        for (String path : List.of("/oauth2/token", "/oauth2/introspect")) {
            Answer stranger = stack.anyone().form(path, "grant_type=client_credentials&token=abc");
            assertThat(stranger.status()).as(stranger.toString()).isEqualTo(401);
            assertThat(stranger.text("/error")).isEqualTo("invalid_client");
            assertThat(stranger.header("www-authenticate")).isPresent();
        }
    }

    private Answer form(String path, String form, String contentType) {
        return stack.anyone()
                .send(
                        "POST",
                        path,
                        form.getBytes(StandardCharsets.UTF_8),
                        contentType,
                        "authorization",
                        stack.operatorPassword());
    }

    private static void assertOAuthError(Answer answer, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.text("/error")).as(answer.toString()).isEqualTo(error);
        assertThat(answer.header("cache-control")).as(answer.toString()).contains("no-store");
    }

    private Answer send(PublicPost post, String body) {
        return send(post, body.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private Answer send(PublicPost post, byte[] body, String contentType) {
        return callerOf(post).send("POST", path(post), body, contentType);
    }

    /** Someone whom the endpoint would serve. */
    private Caller callerOf(PublicPost post) {
        if (post.equals(PublicPost.LOGOUT)) {
            return leaver;
        }
        return post.equals(PublicPost.SUBSCRIPTION) ? operator : caller;
    }

    private String path(PublicPost post) {
        return post.path().replace("CONV", conversation);
    }
}
