package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the one origin serves, and what it does not. */
@ExtendWith(RunningStack.class)
class EdgeE2E {
    private final Stack stack;

    EdgeE2E(Stack stack) {
        this.stack = stack;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/changes",
                "/internal/reservations",
                "/internal/generations",
                "/internal/moderation/checks",
                "/internal",
                "/v1/../internal/changes",
                "/v1/%2e%2e/internal/changes",
                "/v1/models/../../internal/changes",
                "//internal/changes",
                "/q/health/ready",
                "/q/metrics",
                "/q/openapi",
                "/q/dev",
                "/v1",
                "/v1/",
                "/v1/no-such-thing",
                "/v1/modelsx",
                "/v1/chat",
                "/v2/models",
                "/openapi/none-such.json",
                "/metrics"
            })
    void routesNothingThatNobodyNamed(String path) {
        for (Caller caller : List.of(stack.anyone(), stack.anyone().with(stack.apiKey()))) {
            Answer answer = caller.get(path);
            assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("jvm_", "\"changes\"");
        }
        Answer posted = stack.anyone().with(stack.apiKey()).post(path, "{}");
        assertThat(posted.status()).as(posted.toString()).isIn(400, 404);
    }

    @Test
    void servesEachServicesOwnDocument() {
        for (String service : Stack.SERVICES) {
            Answer document = stack.anyone().get("/openapi/" + service + ".json").ok(200);
            assertThat(document.text("/openapi")).startsWith("3.");
            assertThat(document.json().at("/paths").size()).isPositive();
            assertThat(document.body()).doesNotContain("/internal/");
        }
    }

    @Test
    void everyAnswerCarriesItsIds() {
        Caller caller = stack.anyone().with(stack.apiKey());
        for (String path : List.of("/v1/models", "/v1/conversations", "/v1/limits", "/v1/nope")) {
            Answer answer = caller.get(path);
            assertThat(answer.header("x-request-id")).as(answer.toString()).isPresent();
        }
        Answer own =
                caller.send(
                        "GET",
                        "/v1/models",
                        null,
                        "application/json",
                        "x-request-id",
                        "my-own-id.42");
        assertThat(own.header("x-request-id")).contains("my-own-id.42");
    }

    @Test
    void aGovernedAnswerTellsItsLimits() {
        People people = new People(stack.anyone());
        Caller caller = stack.anyone().with(people.newcomer().accessToken());
        for (Answer answer :
                List.of(
                        caller.post("/v1/responses", Prompts.turn("Hello.")),
                        caller.post("/v1/chat/completions", Prompts.chat("Hi.")))) {
            answer.ok(200);
            for (String unit : List.of("requests", "tokens")) {
                for (String part : List.of("limit", "remaining", "reset")) {
                    assertThat(answer.header("x-ratelimit-" + part + "-" + unit))
                            .as(part + " of " + unit)
                            .isPresent();
                }
            }
            assertThat(answer.header("ratelimit")).isPresent();
            assertThat(answer.header("ratelimit-policy").orElse(""))
                    .contains("\"requests_per_minute\";q=20;w=60");
        }
    }
}
