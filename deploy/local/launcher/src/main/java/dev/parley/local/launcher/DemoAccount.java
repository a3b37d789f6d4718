package dev.parley.local.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * The demo organization with its admin, its plan and an API key, made through the public API alone;
 * one that is there is used again.
 */
final class DemoAccount {
    static final String EMAIL = "admin@parley.example";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration ALL_IN_ALL = Duration.ofSeconds(30);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Origin edge;
    private final String baseUrl;
    private final Secrets secrets;

    private DemoAccount(Origin edge, String baseUrl, Secrets secrets) {
        this.edge = edge;
        this.baseUrl = baseUrl;
        this.secrets = secrets;
    }

    static Demo prepare(String edgeUrl, Secrets secrets, StackFolder folder) throws IOException {
        DemoAccount account =
                new DemoAccount(new Origin(edgeUrl, PATIENCE), edgeUrl + "/v1", secrets);
        Optional<String> kept = Demo.read(folder.demo()).map(Demo::apiKey);
        Demo demo =
                account.withKey(
                        kept.isPresent() && account.works(kept.get())
                                ? kept.get()
                                : account.makeKey());
        demo.write(folder.demo());
        return demo;
    }

    private Demo withKey(String key) {
        return new Demo(
                baseUrl,
                key,
                EMAIL,
                secrets.demoPassword(),
                ServiceEnvironment.OPERATOR,
                secrets.operator());
    }

    private boolean works(String key) throws IOException {
        return !key.isBlank()
                && patiently(() -> edge.get("/v1/models", "authorization", "Bearer " + key))
                        .succeeded();
    }

    private String makeKey() throws IOException {
        ObjectNode person = MAPPER.createObjectNode();
        person.put("email", EMAIL).put("password", secrets.demoPassword());
        Origin.Answer login = login(person);
        if (!login.succeeded()) {
            register(person);
            login = login(person);
        }
        expect(login, "logging the demo admin in");
        String bearer = "Bearer " + login.body().path("access_token").asText();
        subscribe(bearer);
        Origin.Answer key =
                patiently(
                        () ->
                                edge.post(
                                        "/v1/api_keys",
                                        "application/json",
                                        "{\"name\":\"demo\"}",
                                        "authorization",
                                        bearer));
        expect(key, "making the demo API key");
        return key.body().path("key").asText();
    }

    private Origin.Answer login(ObjectNode person) throws IOException {
        return patiently(() -> edge.post("/v1/auth/login", "application/json", person.toString()));
    }

    private void register(ObjectNode person) throws IOException {
        ObjectNode registration = person.deepCopy().put("name", "Demo admin");
        expect(
                patiently(
                        () ->
                                edge.post(
                                        "/v1/auth/register",
                                        "application/json",
                                        registration.toString())),
                "registering the demo admin");
    }

    private void subscribe(String bearer) throws IOException {
        Origin.Answer me = patiently(() -> edge.get("/v1/users/me", "authorization", bearer));
        expect(me, "asking who the demo admin is");
        ObjectNode subscription = MAPPER.createObjectNode();
        subscription.put("organization", me.body().path("organization").asText());
        subscription.put("plan", "enterprise");
        String operator = operatorToken();
        Origin.Answer answer =
                patiently(
                        () ->
                                edge.post(
                                        "/v1/subscriptions",
                                        "application/json",
                                        subscription.toString(),
                                        "authorization",
                                        "Bearer " + operator));
        expect(answer, "subscribing the demo organization");
    }

    private String operatorToken() throws IOException {
        String client = encoded(ServiceEnvironment.OPERATOR) + ":" + encoded(secrets.operator());
        String basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(client.getBytes(StandardCharsets.UTF_8));
        Origin.Answer token =
                patiently(
                        () ->
                                edge.post(
                                        "/oauth2/token",
                                        "application/x-www-form-urlencoded",
                                        "grant_type=client_credentials",
                                        "authorization",
                                        basic));
        expect(token, "getting the operator's token");
        return token.body().path("access_token").asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private interface Ask {
        Origin.Answer ask() throws IOException;
    }

    /** A stack that has just started may not yet know all its parts. */
    private static Origin.Answer patiently(Ask request) throws IOException {
        long end = System.nanoTime() + ALL_IN_ALL.toNanos();
        Origin.Answer answer = request.ask();
        while (answer.status() >= 500 && System.nanoTime() < end) {
            try {
                Thread.sleep(Duration.ofMillis(200));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            answer = request.ask();
        }
        return answer;
    }

    private static void expect(Origin.Answer answer, String deed) {
        if (!answer.succeeded()) {
            throw new StackFailure(
                    "The stack runs, but "
                            + deed
                            + " was answered "
                            + answer.status()
                            + " "
                            + answer.errorCode());
        }
    }
}
