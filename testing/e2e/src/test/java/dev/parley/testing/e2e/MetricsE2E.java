package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What dashboards and alerts ask for is what the running services export. */
@ExtendWith(RunningStack.class)
class MetricsE2E {
    private static final Path RELIED_ON = Path.of("../../deploy/observability/metrics.txt");

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String TOKEN_TYPE = "gen_ai_token_type";
    private static final String ERROR = "error_type";

    private final Stack stack;

    MetricsE2E(Stack stack) {
        this.stack = stack;
    }

    @Test
    void everyServiceExportsWhatDashboardsAndAlertsRelyOn() throws IOException {
        List<String> reliedOn = Files.readAllLines(RELIED_ON);
        assertThat(reliedOn).contains("parley_ready", "parley_outbox_oldest_seconds");
        stack.anyone().with(stack.apiKey()).get("/v1/models").ok(200);
        for (String service : Stack.SERVICES) {
            for (URI management : stack.management(service)) {
                String exported = Metrics.of(management).text();
                for (String name : reliedOn) {
                    if (!name.startsWith("parley_ledger_")
                            || service.equals("usage-billing-service")) {
                        assertThat(exported).as(service).containsPattern("(?m)^" + name + "[ {]");
                    }
                }
                assertThat(exported).as(service).contains("\nparley_ready 1.0\n");
            }
        }
    }

    /** By version 1.37.0 of OpenTelemetry's conventions for generative AI. */
    @Test
    void callsOfTheModelAreExportedByTheConventions() {
        stack.simulator().atOnce();
        Caller caller = stack.anyone().with(stack.apiKey());
        double inputBefore = ofCalls("gen_ai_client_token_usage_sum", TOKEN_TYPE, "input");
        double outputBefore = ofCalls("gen_ai_client_token_usage_sum", TOKEN_TYPE, "output");
        double callsBefore = ofCalls("gen_ai_client_operation_duration_seconds_count", ERROR, "");
        double failedBefore = failed();

        Answer chat = caller.post("/v1/chat/completions", Prompts.chat("How many words?")).ok(200);
        stack.simulator().behave("{\"fault\":\"500\"}");
        caller.post("/v1/chat/completions", Prompts.chat("How many words?")).ok(502);
        stack.simulator().atOnce();

        long input = chat.json().at("/usage/prompt_tokens").asLong();
        long output = chat.json().at("/usage/completion_tokens").asLong();
        eventually(
                SOON,
                () -> {
                    assertThat(ofCalls("gen_ai_client_token_usage_sum", TOKEN_TYPE, "input"))
                            .isEqualTo(inputBefore + input);
                    assertThat(ofCalls("gen_ai_client_token_usage_sum", TOKEN_TYPE, "output"))
                            .isEqualTo(outputBefore + output);
                    assertThat(ofCalls("gen_ai_client_operation_duration_seconds_count", ERROR, ""))
                            .isEqualTo(callsBefore + 1);
                    assertThat(failed()).isGreaterThan(failedBefore);
                });
        for (String histogram :
                List.of(
                        "gen_ai_client_token_usage",
                        "gen_ai_client_operation_duration_seconds",
                        "gen_ai_server_time_to_first_token_seconds")) {
            assertThat(ofCalls(histogram + "_count", "gen_ai_operation_name", "chat"))
                    .as(histogram)
                    .isPositive();
            assertThat(ofCalls(histogram + "_bucket", "le", "+Inf")).as(histogram).isPositive();
        }
    }

    /** All attempts that ended with an error, whichever. */
    private double failed() {
        String name = "gen_ai_client_operation_duration_seconds_count";
        return ofCalls(name, "gen_ai_operation_name", "chat") - ofCalls(name, ERROR, "");
    }

    /** The sum over the gateway's replicas of the series of the simulated model's calls. */
    private double ofCalls(String name, String label, String value) {
        Map<String, String> labels =
                new HashMap<>(
                        Map.of(
                                "gen_ai_operation_name", "chat",
                                "gen_ai_provider_name", "simulated",
                                "gen_ai_request_model", "simulated",
                                "gen_ai_response_model", "simulated"));
        labels.put(label, value);
        return stack.management("llm-gateway-service").stream()
                .mapToDouble(replica -> Metrics.of(replica).sum(name, labels))
                .sum();
    }
}
