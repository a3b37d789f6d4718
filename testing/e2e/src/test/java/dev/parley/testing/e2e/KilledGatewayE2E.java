package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static dev.parley.testing.e2e.Eventually.pause;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway that dies in the middle of a stream loses no text, no usage and nothing for long. */
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(RunningStack.class)
class KilledGatewayE2E {
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

    private final Stack stack;

    KilledGatewayE2E(Stack stack) {
        this.stack = stack;
    }

    @Test
    void theTurnFailsWithWhatItHadAndIsBilledForIt() {
        Caller caller = stack.anyone().with(stack.apiKey());
        stack.simulator().slowly(1200, Duration.ofMillis(50));
        CompletableFuture<List<String>> stream =
                CompletableFuture.supplyAsync(
                        () ->
                                caller.lines(
                                        "POST",
                                        "/v1/responses",
                                        "{\"model\":\"simulated\",\"input\":\"Until you die.\",\"stream\":true}",
                                        Integer.MAX_VALUE));
        eventually(
                Duration.ofSeconds(10),
                () -> assertThat(stack.simulator().lastCall().output()).isGreaterThan(20));
        pause(Duration.ofSeconds(5)); // at least two reports of progress
        String call = stack.simulator().lastCall().id();

        Instant killed = Instant.now();
        stack.kill("llm-gateway-service");

        List<String> lines = stream.orTimeout(40, TimeUnit.SECONDS).join();
        assertThat(Duration.between(killed, Instant.now())).isLessThan(ENDS_WITHIN);
        assertThat(lines).contains("event: error", "event: response.failed", "data: [DONE]");
        String id =
                lines.stream()
                        .filter(line -> line.startsWith("data: {"))
                        .map(line -> Answer.parse(line.substring(6)))
                        .filter(event -> event.at("/type").asText().equals("response.created"))
                        .map(event -> event.at("/response/id").asText())
                        .findFirst()
                        .orElseThrow();
        Answer kept = caller.get("/v1/responses/" + id).ok(200);
        assertThat(kept.text("/status")).isEqualTo("failed");
        assertThat(kept.text("/output/0/content/0/text")).as("what it had").isNotEmpty();

        stack.simulator().atOnce();
        stack.ledgerRule().holds(it -> it.id().equals(call));
        eventually(
                ENDS_WITHIN,
                () ->
                        assertThat(
                                        caller.post(
                                                        "/v1/responses",
                                                        "{\"model\":\"simulated\",\"input\":\"And again.\"}")
                                                .status())
                                .isEqualTo(200));
        stack.ledgerRule().holds(it -> it.id().equals(call));
    }
}
