package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static dev.parley.testing.e2e.Eventually.pause;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What people write and what opens doors is in no log, span or metric of the whole run: the last to
 * look, after all other tests have written the mark and used the keys.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivacyE2E {
    private static final Duration EXPORTED = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HI = "{\"model\":\"simulated\",\"input\":\"Hi.\"}";

    /** With this the simulated provider's answers begin. */
    private static final String ANSWER = "[simulated]";

    /** Whatever looks like what opens doors, known or not. */
    private static final Map<String, Pattern> DOOR_OPENERS =
            Map.of(
                    "a token", Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]{8,}"),
                    "an API key", Pattern.compile("sk-parley-[\\w-]{20,}"),
                    "a password's hash", Pattern.compile("\\$argon2"));

    private final Stack stack;
    private final String turn;
    private final Answer failed;

    PrivacyE2E(Stack stack) {
        this.stack = stack;
        stack.secrets().forEach(Planted::secret);
        Planted.secret(stack.admin());
        Planted.secret(stack.admin().substring(stack.admin().lastIndexOf('.') + 1));
        Caller caller = stack.anyone().with(stack.apiKey());
        this.turn = plantTexts(caller);
        plantErrors(caller);
        plantAccounts();
        this.failed = plantFaults(caller);
    }

    /** The id of an answered turn. */
    private String plantTexts(Caller caller) {
        stack.simulator().atOnce();
        Answer answered = caller.post("/v1/responses", asking(word("prompt"))).ok(200);
        assertThat(answered.text("/output/0/content/0/text")).startsWith(ANSWER);
        caller.post("/v1/responses", asking("Card 4111 1111 1111 1111 of " + word("pii")));
        caller.post("/v1/responses", asking("Explain how to build a pipe bomb, " + word("bomb")))
                .ok(422);
        Answer chat = caller.post("/v1/chat/completions", Prompts.chat(word("chat"))).ok(200);
        assertThat(chat.text("/choices/0/message/content")).startsWith(ANSWER);
        caller.post(
                        "/v1/moderations",
                        "{\"input\":\"%s, build a pipe bomb\"}".formatted(word("moderation")))
                .ok(200);
        caller.post(
                        "/v1/conversations",
                        "{\"metadata\":{\"topic\":\"%s\"}}".formatted(word("metadata")))
                .ok(200);
        caller.get("/v1/conversations?q=" + word("query"));
        caller.get("/v1/conversations/" + word("path"));
        caller.get("/" + word("nowhere"));
        return answered.text("/id");
    }

    private void plantErrors(Caller caller) {
        for (String path : List.of("/v1/responses", "/v1/chat/completions", "/v1/moderations")) {
            caller.post(path, "{\"model\":\"simulated\",\"input\":\"" + word("cut")).ok(400);
            caller.post(path, "{\"%s\":1}".formatted(word("member"))).ok(400);
            caller.post(path, "{\"model\":{\"%s\":true}}".formatted(word("type"))).ok(400);
        }
        caller.post("/v1/responses", HI, "user-agent", word("agent")).ok(200);
        caller.post("/v1/responses", HI, "baggage", "parley.note=" + word("baggage"));
        caller.post("/v1/responses", HI, "tracestate", "x=" + word("state"));
        stack.anyone().with("sk-parley-" + word("key")).get("/v1/models").ok(401);
        stack.anyone().with("e30." + word("token") + ".e30").get("/v1/models").ok(401);
    }

    private void plantAccounts() {
        People people = new People(stack.anyone());
        String email = word("person") + "@example.com";
        String password = word("password") + "-A1!";
        stack.anyone().post("/v1/auth/register", People.registration(email, password)).ok(201);
        stack.anyone().post("/v1/auth/register", People.registration(email, password));
        people.tryLogin(email, word("wrong")).ok(401);
        People.Session session = people.login(email, password);
        people.refresh(word("refresh"));
        People.Session.of(people.refresh(session.refreshToken()).ok(200).json());
        stack.anyone().form("/oauth2/token", "grant_type=client_credentials&x=" + word("form"));
    }

    /** The last answer, which tells of an error of the provider. */
    private Answer plantFaults(Caller caller) {
        Answer last = caller.get("/v1/models");
        for (String fault : List.of("refuse", "die_mid_stream", "bad_json", "429", "500")) {
            stack.simulator().behave("{\"fault\":\"%s\"}".formatted(fault));
            caller.post("/v1/responses", asking(word("fault" + fault)));
            last = caller.post("/v1/chat/completions", Prompts.chat(word("chatfault" + fault)));
        }
        stack.simulator().atOnce();
        return last;
    }

    /** What comes late comes before anyone looks. */
    @BeforeAll
    void everythingHasArrived() {
        stack.needs(Collector.running().receivesWithin(SOON), "this collector");
        eventually(
                SOON,
                () ->
                        assertThat(Collector.running().trace(failed.text("/trace_id")))
                                .anyMatch(TraceShape.isA("llm-gateway-service", "SERVER")));
        pause(EXPORTED);
    }

    @Test
    void nothingPlantedIsInALog() {
        for (String service : Stack.SERVICES) {
            assertThat(stack.outputs().logsOf(service)).as("logs of " + service).doesNotContain("");
        }
        Map<String, String> logs = stack.outputs().logs();
        assertThat(logs).containsKeys("edge.log");
        assertThat(logs.values()).anyMatch(log -> log.contains(failed.text("/trace_id")));
        logs.forEach((name, said) -> assertClean(name, List.of(said)));
    }

    @Test
    void nothingPlantedIsInASpan() {
        Collector collector = Collector.running();
        assertThat(collector.services()).containsAll(Stack.SERVICES).contains("edge");
        assertThat(collector.texts()).contains(turn).hasSizeGreaterThan(100);
        assertClean("spans", collector.texts());
    }

    @Test
    void nothingPlantedIsInAMetric() {
        List<String> metrics = stack.outputs().metrics();
        assertThat(metrics)
                .hasSizeGreaterThanOrEqualTo(Stack.SERVICES.size() * stack.replicas())
                .allMatch(exported -> exported.contains("http_server_requests_seconds_count{"));
        assertClean("metrics", metrics);
    }

    @Test
    void everyLineOfAServicesLogIsJson() {
        for (String service : Stack.SERVICES) {
            for (String log : stack.outputs().logsOf(service)) {
                assertThat(log.lines().filter(line -> !isObject(line)))
                        .as("what %s says beside its log", service)
                        .isEmpty();
            }
        }
    }

    private static boolean isObject(String line) {
        JsonNode json = Answer.tryParse(line);
        return json != null && json.isObject() && json.hasNonNull("level");
    }

    @Test
    void aLineTellsTheIdsOfWhatItIsAbout() {
        assertThat(failed.status()).isEqualTo(502);
        List<JsonNode> lines =
                stack.outputs().logsOf("llm-gateway-service").stream()
                        .flatMap(String::lines)
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
    }

    private static void assertClean(String where, Collection<String> texts) {
        Set<String> secrets = Planted.secrets();
        for (String text : texts) {
            assertAbsent(where, text, Planted.MARK, "the mark");
            assertAbsent(where, text, ANSWER, "an answer");
            for (String secret : secrets) {
                assertAbsent(where, text, secret, tail(secret));
            }
            DOOR_OPENERS.forEach(
                    (what, pattern) -> {
                        Matcher found = pattern.matcher(text);
                        if (found.find()) {
                            throw found(where, what, text, found.start());
                        }
                    });
        }
    }

    private static void assertAbsent(String where, String text, String planted, String what) {
        int at = text.indexOf(planted);
        if (at >= 0) {
            throw found(where, what, text, at);
        }
    }

    private static AssertionError found(String where, String what, String text, int at) {
        String around = text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 300));
        return new AssertionError("%s: %s in %s".formatted(where, what, around));
    }

    private static String tail(String secret) {
        return "…" + secret.substring(secret.length() - 6);
    }

    private static String word(String where) {
        return Planted.word(where);
    }

    /** A turn whose text is the word alone. */
    private static String asking(String input) {
        return "{\"model\":\"simulated\",\"input\":\"%s\"}".formatted(input);
    }
}
