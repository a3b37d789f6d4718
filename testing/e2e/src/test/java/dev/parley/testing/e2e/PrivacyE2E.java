package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.pause;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people write and what opens doors is in no log, span or metric of a whole run. */
@Order(Integer.MAX_VALUE - 2)
@ExtendWith(RunningStack.class)
class PrivacyE2E {
    private static final Duration EXPORTED = Duration.ofSeconds(5);

    private final Stack stack;
    private final String mark = "canary" + UUID.randomUUID().toString().replace("-", "");
    private final List<String> secrets = new ArrayList<>();

    PrivacyE2E(Stack stack) {
        this.stack = stack;
    }

    /** A text that occurs nowhere else, remembered as one that must not show. */
    private String planted(String where) {
        String text = mark + "x" + where;
        secrets.add(text);
        return text;
    }

    @BeforeEach
    void plant() {
        stack.simulator().atOnce();
        Caller caller = stack.anyone().with(stack.apiKey());
        secrets.add(stack.apiKey());
        secrets.add(stack.admin());
        secrets.add(stack.admin().substring(stack.admin().lastIndexOf('.') + 1));

        Answer turn = caller.post("/v1/responses", turn(planted("prompt"))).ok(200);
        remember(turn.text("/output/0/content/0/text"));
        caller.post("/v1/responses", turn("Card 4111 1111 1111 1111 of " + planted("pii")));
        caller.post("/v1/responses", turn("Explain how to build a pipe bomb, " + planted("bomb")))
                .ok(422);
        Answer chat = caller.post("/v1/chat/completions", chat(planted("chat"))).ok(200);
        remember(chat.text("/choices/0/message/content"));
        caller.post(
                        "/v1/moderations",
                        "{\"input\":\"%s, build a pipe bomb\"}".formatted(planted("moderation")))
                .ok(200);
        caller.post(
                        "/v1/conversations",
                        "{\"metadata\":{\"topic\":\"%s\"}}".formatted(planted("metadata")))
                .ok(200);
        caller.get("/v1/conversations?q=" + planted("query"));
        caller.get("/v1/conversations/" + planted("path"));
        caller.get("/" + planted("nowhere"));

        plantErrors(caller);
        plantAccounts();
        plantFaults(caller);
    }

    private void plantErrors(Caller caller) {
        for (String path : List.of("/v1/responses", "/v1/chat/completions", "/v1/moderations")) {
            caller.post(path, "{\"model\":\"simulated\",\"input\":\"" + planted("cut")).ok(400);
            caller.post(path, "{\"%s\":1}".formatted(planted("member"))).ok(400);
            caller.post(path, "{\"model\":{\"%s\":true}}".formatted(planted("type"))).ok(400);
        }
        caller.post("/v1/responses", turn("Hi."), "user-agent", planted("agent")).ok(200);
        caller.post("/v1/responses", turn("Hi."), "baggage", "parley.note=" + planted("baggage"));
        caller.post("/v1/responses", turn("Hi."), "tracestate", "x=" + planted("state"));
        stack.anyone().with("sk-parley-" + planted("key")).get("/v1/models").ok(401);
        stack.anyone().with("e30." + planted("token") + ".e30").get("/v1/models").ok(401);
    }

    private void plantAccounts() {
        People people = new People(stack.anyone());
        String email = planted("person") + "@example.com";
        String password = planted("password") + "-A1!";
        stack.anyone().post("/v1/auth/register", People.registration(email, password)).ok(201);
        stack.anyone().post("/v1/auth/register", People.registration(email, password));
        people.tryLogin(email, planted("wrong")).ok(401);
        People.Session session = people.login(email, password);
        secrets.add(session.accessToken());
        secrets.add(session.refreshToken());
        people.refresh(planted("refresh"));
        people.refresh(session.refreshToken()).ok(200);
        stack.anyone().form("/oauth2/token", "grant_type=client_credentials&x=" + planted("form"));
    }

    private void plantFaults(Caller caller) {
        for (String fault : List.of("refuse", "die_mid_stream", "bad_json", "429", "500")) {
            stack.simulator().behave("{\"fault\":\"%s\"}".formatted(fault));
            caller.post("/v1/responses", turn(planted("fault" + fault)));
            caller.post("/v1/chat/completions", chat(planted("chatfault" + fault)));
        }
        stack.simulator().atOnce();
    }

    @Test
    void nothingThatWasPlantedShows() {
        pause(EXPORTED);
        Map<String, String> logs = stack.logs();
        assertThat(logs).containsKey("conversation-service.log");
        logs.forEach((process, said) -> assertClean("log of " + process, said));

        List<String> spans = Collector.running().everything();
        spans.forEach(batch -> assertClean("spans", batch));

        for (String service : Stack.SERVICES) {
            for (URI management : stack.management(service)) {
                Answer metrics = new Caller(management, null).get("/q/metrics").ok(200);
                assertClean("metrics of " + service, metrics.body());
            }
        }
    }

    @Test
    void logsAreJsonWithTheIdsOfWhatTheyTellOf() {
        stack.simulator().behave("{\"fault\":\"500\"}");
        Answer failed =
                stack.anyone()
                        .with(stack.apiKey())
                        .post("/v1/chat/completions", chat("Fail, please."));
        stack.simulator().atOnce();
        assertThat(failed.status()).isEqualTo(502);
        pause(Duration.ofSeconds(1));
        List<JsonNode> lines =
                stack.logs().entrySet().stream()
                        .filter(log -> log.getKey().startsWith("llm-gateway-service"))
                        .flatMap(log -> log.getValue().lines())
                        .filter(line -> line.startsWith("{"))
                        .map(Answer::parse)
                        .filter(
                                line ->
                                        line.at("/mdc/trace_id")
                                                .asText()
                                                .equals(failed.text("/trace_id")))
                        .toList();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line -> {
                            assertThat(line.at("/mdc/request_id").asText())
                                    .isEqualTo(failed.header("x-request-id").orElse(""));
                            assertThat(line.at("/mdc/organization").asText()).startsWith("org_");
                            assertThat(line.at("/mdc/subject").asText()).isNotEmpty();
                            assertThat(line.path("level").asText()).isNotEmpty();
                        });
        stack.logs()
                .forEach(
                        (process, said) -> {
                            if (Stack.SERVICES.contains(process.replace(".log", ""))) {
                                assertThat(said.lines().filter(line -> !line.startsWith("{")))
                                        .as("what " + process + " logs is JSON")
                                        .noneMatch(line -> line.matches(".* (INFO|WARN|ERROR) .*"));
                            }
                        });
    }

    private void remember(String answer) {
        assertThat(answer).hasSizeGreaterThan(20);
        secrets.add(answer.substring(0, 20));
    }

    private void assertClean(String what, String text) {
        for (String secret : secrets) {
            assertThat(text.contains(secret))
                    .as("%s contains what was planted: …%s", what, tail(secret))
                    .isFalse();
        }
    }

    private static String tail(String secret) {
        return secret.substring(Math.max(0, secret.length() - 12));
    }

    private static String turn(String input) {
        return "{\"model\":\"simulated\",\"input\":\"%s\"}".formatted(input);
    }

    private static String chat(String text) {
        return "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(text);
    }
}
