package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static dev.parley.testing.e2e.Eventually.pause;
import static dev.parley.testing.e2e.TraceShape.ancestorsOf;
import static dev.parley.testing.e2e.TraceShape.assertConnected;
import static dev.parley.testing.e2e.TraceShape.assertIds;
import static dev.parley.testing.e2e.TraceShape.event;
import static dev.parley.testing.e2e.TraceShape.isA;
import static dev.parley.testing.e2e.TraceShape.kinds;
import static dev.parley.testing.e2e.TraceShape.only;
import static dev.parley.testing.e2e.TraceShape.parentOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.e2e.Collector.Span;
import dev.parley.testing.e2e.TraceShape.Outside;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace a turn, through every process and Kafka, as a collector gets it. */
@ExtendWith(RunningStack.class)
class TracesE2E {
    private static final Duration EXPORTED = Duration.ofSeconds(20);

    private final Stack stack;
    private final Collector collector = Collector.running();

    TracesE2E(Stack stack) {
        this.stack = stack;
        stack.anyone().get("/v1/models");
        stack.needs(collector.receivesWithin(EXPORTED), "this collector");
        stack.simulator().atOnce();
    }

    private Answer turn(Outside outside, String input, boolean stream) {
        return turn(outside, fresh(), input, stream);
    }

    private Answer turn(Outside outside, String bearer, String input, boolean stream) {
        return stack.anyone()
                .with(bearer)
                .post(
                        "/v1/responses",
                        Prompts.turn(input, "\"stream\":" + stream),
                        "traceparent",
                        outside.traceparent(),
                        "baggage",
                        "parley.response.id=resp_planted,parley.conversation.id=conv_planted");
    }

    /** A token that no service has seen, so that identity has its part in the turn. */
    private String fresh() {
        return stack.adminSession();
    }

    private static JsonNode lastResponse(Answer stream) {
        return stream.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Answer.parse(line.substring(6)))
                .filter(event -> event.has("response"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .path("response");
    }

    @Test
    void aStreamedTurnIsOneTraceThroughEveryPart() {
        Outside outside = Outside.begin();
        Answer answer = turn(outside, "Trace this.", true).ok(200);
        JsonNode response = lastResponse(answer);
        String id = response.path("id").asText();

        assertThat(response.at("/parley/trace_id").asText()).isEqualTo(outside.trace());
        assertThat(answer.header("traceparent").orElse(""))
                .contains(outside.trace())
                .doesNotContain(outside.span());
        assertThat(answer.header("baggage")).isEmpty();

        List<Span> trace = wholeTurn(outside);

        Map<String, Set<String>> kinds = kinds(trace);
        assertThat(kinds)
                .containsOnlyKeys(
                        "edge",
                        "conversation-service",
                        "identity-service",
                        "llm-gateway-service",
                        "moderation-service",
                        "usage-billing-service");
        assertThat(kinds.get("edge")).contains("SERVER", "CLIENT");
        assertThat(kinds.get("conversation-service"))
                .contains("SERVER", "CLIENT", "PRODUCER", "CONSUMER");
        assertThat(kinds.get("identity-service")).contains("SERVER", "CLIENT");
        assertThat(kinds.get("llm-gateway-service")).contains("SERVER", "CLIENT", "PRODUCER");
        assertThat(kinds.get("moderation-service")).contains("SERVER");
        assertThat(kinds.get("usage-billing-service"))
                .contains("SERVER", "CLIENT", "PRODUCER", "CONSUMER");
        assertConnected(trace, outside);
        assertIds(trace, id);

        Span edge = only(trace, isA("edge", "SERVER"));
        Span hop = only(trace, isA("edge", "CLIENT"));
        Span turn = only(trace, isA("conversation-service", "SERVER"));
        Span generation =
                only(
                        trace,
                        isA("llm-gateway-service", "SERVER")
                                .and(span -> span.name().equals("POST /internal/generations")));
        Span asked = parentOf(trace, generation);
        assertThat(edge.parent()).isEqualTo(outside.span());
        assertThat(hop.parent()).isEqualTo(edge.id());
        assertThat(turn.parent()).isEqualTo(hop.id());
        assertThat(asked).matches(isA("conversation-service", "CLIENT"));
        assertThat(asked.name()).isEqualTo("POST /internal/generations");
        assertThat(asked.parent()).isEqualTo(turn.id());
        for (String service : List.of("moderation-service", "usage-billing-service")) {
            assertThat(trace.stream().filter(isA(service, "SERVER")))
                    .isNotEmpty()
                    .allSatisfy(
                            span ->
                                    assertThat(ancestorsOf(trace, span))
                                            .as(service + " is asked within the generation")
                                            .contains(generation));
        }
        assertGenAi(trace, generation, response);
        assertEvents(trace);
        assertThat(trace)
                .filteredOn(span -> span.attribute("db.system").equals("postgresql"))
                .extracting(Span::service)
                .contains("conversation-service", "usage-billing-service", "identity-service");
        eventually(
                EXPORTED,
                () -> assertThat(stack.ledger().tracesOf(id)).containsExactly(outside.trace()));
    }

    private static void assertGenAi(List<Span> trace, Span generation, JsonNode response) {
        Span chat = only(trace, span -> span.name().equals("chat simulated"));
        assertThat(chat.parent()).isEqualTo(generation.id());
        assertThat(chat.kind()).isEqualTo("CLIENT");
        assertThat(chat.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "simulated")
                .containsEntry("gen_ai.request.model", "simulated")
                .containsEntry("gen_ai.response.model", "simulated")
                .containsEntry("gen_ai.response.finish_reasons", "stop")
                .containsEntry(
                        "gen_ai.usage.input_tokens", response.at("/usage/input_tokens").asText())
                .containsEntry(
                        "gen_ai.usage.output_tokens", response.at("/usage/output_tokens").asText())
                .containsKey("gen_ai.conversation.id");
        assertThat(trace)
                .as("the provider's HTTP call is a part of the chat")
                .anyMatch(span -> span.parent().equals(chat.id()) && span.kind().equals("CLIENT"));
    }

    private static void assertEvents(List<Span> trace) {
        Span recorded = only(trace, event("llm-gateway-service", "PRODUCER", "parley.usage"));
        Span charged = only(trace, event("usage-billing-service", "CONSUMER", "parley.usage"));
        Span priced = only(trace, event("usage-billing-service", "PRODUCER", "parley.billing"));
        Span shown = only(trace, event("conversation-service", "CONSUMER", "parley.billing"));
        assertThat(charged.parent()).isEqualTo(recorded.id());
        assertThat(priced.parent()).isEqualTo(charged.id());
        assertThat(shown.parent()).isEqualTo(priced.id());
        assertThat(charged.attributes())
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.operation.type", "process");
    }

    @Test
    void aTurnByAnApiKeyIsOneTraceThroughTheKeysExchange() {
        Outside outside = Outside.begin();
        String key =
                new People(stack.anyone())
                        .createKey(stack.admin(), "{\"name\":\"traced\"}")
                        .ok(201)
                        .text("/key");

        Answer answer = turn(outside, key, "Trace this key.", false).ok(200);

        List<Span> trace = wholeTurn(outside);
        assertThat(kinds(trace))
                .containsOnlyKeys(
                        "edge",
                        "conversation-service",
                        "identity-service",
                        "llm-gateway-service",
                        "moderation-service",
                        "usage-billing-service");
        assertConnected(trace, outside);
        assertIds(trace, answer.text("/id"));
        Span turn = only(trace, isA("conversation-service", "SERVER"));
        assertThat(trace.stream().filter(TraceShape::isExchange))
                .as("the key was let in, and services took part on its behalf")
                .isNotEmpty()
                .allSatisfy(span -> assertThat(ancestorsOf(trace, span)).contains(turn));
    }

    /** A turn's spans, to the last of its events. */
    private List<Span> wholeTurn(Outside outside) {
        eventually(
                EXPORTED,
                () ->
                        assertThat(collector.trace(outside.trace()))
                                .anyMatch(
                                        event("conversation-service", "CONSUMER", "parley.billing"))
                                .anyMatch(isA("conversation-service", "SERVER"))
                                .anyMatch(isA("edge", "SERVER")));
        pause(Duration.ofSeconds(2));
        return collector.trace(outside.trace());
    }

    @Test
    void aRefusedTurnIsOneTraceToo() {
        Outside outside = Outside.begin();
        Answer answer = turn(outside, "Explain how to build a pipe bomb.", true).ok(422);
        assertThat(answer.text("/trace_id")).isEqualTo(outside.trace());
        eventually(
                EXPORTED,
                () ->
                        assertThat(collector.trace(outside.trace()))
                                .anyMatch(isA("edge", "SERVER"))
                                .anyMatch(isA("moderation-service", "PRODUCER"))
                                .anyMatch(isA("conversation-service", "PRODUCER")));
        pause(Duration.ofSeconds(2));
        List<Span> trace = collector.trace(outside.trace());
        assertConnected(trace, outside);
        assertThat(trace).noneMatch(span -> span.name().startsWith("chat "));
        assertThat(only(trace, isA("edge", "SERVER")).attributes())
                .containsEntry("http.response.status_code", "422");
        String id =
                only(trace, isA("conversation-service", "SERVER")).attribute("parley.response.id");
        assertThat(id).startsWith("resp_").isNotEqualTo("resp_planted");
        assertIds(trace, id);
    }

    @Test
    void anEventIsInItsTurnsTraceHoweverLateItIsHandled() throws Exception {
        Outside outside = Outside.begin();
        stack.simulator().slowly(40, Duration.ofMillis(50));
        CompletableFuture<Answer> running =
                CompletableFuture.supplyAsync(() -> turn(outside, "Take your time.", true));
        eventually(
                Duration.ofSeconds(10),
                () ->
                        assertThat(stack.simulator().calls())
                                .anyMatch(call -> call.status().equals("running")));
        List<Long> billing = stack.pids("usage-billing-service");
        signal("STOP", billing);
        try {
            running.orTimeout(30, TimeUnit.SECONDS).join().ok(200);
            pause(Duration.ofSeconds(3));
            assertThat(collector.trace(outside.trace()))
                    .noneMatch(event("usage-billing-service", "CONSUMER", "parley.usage"));
        } finally {
            signal("CONT", billing);
            stack.simulator().atOnce();
        }
        eventually(
                Duration.ofSeconds(60),
                () ->
                        assertThat(collector.trace(outside.trace()))
                                .anyMatch(
                                        event(
                                                "conversation-service",
                                                "CONSUMER",
                                                "parley.billing")));
        List<Span> trace = wholeTurn(outside);
        assertConnected(trace, outside);
        Span charged = only(trace, event("usage-billing-service", "CONSUMER", "parley.usage"));
        Span turn = only(trace, isA("conversation-service", "SERVER"));
        assertThat(charged.startNanos() - turn.endNanos())
                .as("nanoseconds after the turn")
                .isGreaterThan(TimeUnit.SECONDS.toNanos(2));
        assertThat(charged.parent())
                .isEqualTo(
                        only(trace, event("llm-gateway-service", "PRODUCER", "parley.usage")).id());
        assertThat(charged.attribute("parley.response.id"))
                .isEqualTo(turn.attribute("parley.response.id"))
                .startsWith("resp_");
        assertIds(trace, turn.attribute("parley.response.id"));
    }

    private static void signal(String name, List<Long> processes) throws Exception {
        int code;
        try {
            code =
                    new ProcessBuilder(
                                    Stream.concat(
                                                    Stream.of("kill", "-" + name),
                                                    processes.stream().map(String::valueOf))
                                            .toList())
                            .start()
                            .waitFor();
        } catch (IOException e) {
            throw new AssertionError("no kill", e);
        }
        assertThat(code).isZero();
    }
}
