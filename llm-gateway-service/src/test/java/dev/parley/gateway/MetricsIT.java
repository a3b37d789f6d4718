package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is exported of providers' calls: names and labels of the GenAI conventions 1.37.0. */
@QuarkusTest
class MetricsIT extends GatewayIT {
    private static final String STREAM =
            "{\"model\":\"simulated\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";
    private static final String DURATION = "gen_ai_client_operation_duration_seconds";
    private static final String FIRST_TOKEN = "gen_ai_server_time_to_first_token_seconds";
    private static final String TOKENS = "gen_ai_client_token_usage";
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Map<String, String> CHAT =
            Map.of(
                    "gen_ai_operation_name", "chat",
                    "gen_ai_provider_name", "simulated",
                    "gen_ai_request_model", "simulated",
                    "gen_ai_response_model", "simulated");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private Map<String, Double> before = Map.of();

    @BeforeEach
    void lookAtWhatThereIs() {
        before = scraped();
    }

    @Test
    void ofAFinishedCall() {
        behave("{\"tokens\":7}");

        assertThat(events(chat(STREAM)).getLast()).isEqualTo("[DONE]");

        assertThat(more(DURATION + "_count", "error_type", "")).isEqualTo(1);
        assertThat(more(DURATION + "_sum", "error_type", "")).isPositive();
        assertThat(more(FIRST_TOKEN + "_count")).isEqualTo(1);
        assertUsed(3, 7);
        assertThat(more(TOKENS + "_bucket", "gen_ai_token_type", "output", "le", "4.0")).isZero();
        assertThat(more(TOKENS + "_bucket", "gen_ai_token_type", "output", "le", "16.0"))
                .isEqualTo(1);
    }

    @Test
    void ofACutCall() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":400}");

        try (RawConnection client =
                RawConnection.post(
                        gateway, "/v1/chat/completions", IdentityPeer.clientToken(ALICE), STREAM)) {
            client.readUntil("words:");
        }
        JsonNode charged = onlyUsageRecord();

        assertThat(charged.get("finish").asText()).isEqualTo("client_gone");
        assertThat(more(DURATION + "_count", "error_type", "cancelled")).isEqualTo(1);
        assertThat(more(FIRST_TOKEN + "_count")).isEqualTo(1);
        assertUsed(3, charged.get("output_tokens").asInt());
    }

    @Test
    void ofACallThatFailedAfterOutput() {
        behave("{\"between_tokens\":\"20ms\",\"tokens\":10,\"fault\":\"die_mid_stream\"}");

        assertThat(events(chat(STREAM)).getLast()).contains("upstream_error");

        assertThat(
                        more(DURATION + "_count", "error_type", "fault")
                                + more(DURATION + "_count", "error_type", "broken_off"))
                .isEqualTo(1);
        assertThat(more(FIRST_TOKEN + "_count")).isEqualTo(1);
        assertUsed(3, onlyUsageRecord().get("output_tokens").asInt());
    }

    @Test
    void ofACallThatFailedBeforeAnythingWasUsed() {
        behave("{\"fault\":\"500\"}");

        assertRefused(chat(STREAM), 502, "upstream_error");

        assertThat(more(DURATION + "_count", "error_type", "fault"))
                .as("each attempt is an operation")
                .isEqualTo(2);
        assertThat(more(FIRST_TOKEN + "_count")).isZero();
        assertThat(more(TOKENS + "_count", "gen_ai_token_type", "input")).isZero();
        assertThat(more(TOKENS + "_count", "gen_ai_token_type", "output")).isZero();
    }

    /** One call more, with so many tokens. */
    private void assertUsed(int input, int output) {
        assertThat(more(TOKENS + "_count", "gen_ai_token_type", "input")).isEqualTo(1);
        assertThat(more(TOKENS + "_sum", "gen_ai_token_type", "input")).isEqualTo(input);
        assertThat(more(TOKENS + "_count", "gen_ai_token_type", "output")).isEqualTo(1);
        assertThat(more(TOKENS + "_sum", "gen_ai_token_type", "output")).isEqualTo(output);
    }

    /** By how much a series is above what it was, which has these labels and no other. */
    private double more(String name, String... labels) {
        Map<String, String> all = new TreeMap<>(CHAT);
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        String series = series(name, all);
        return scraped().getOrDefault(series, 0.0) - before.getOrDefault(series, 0.0);
    }

    private static String series(String name, Map<String, String> labels) {
        return name
                + labels.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /** The values by series, whose labels are in order. */
    private Map<String, Double> scraped() {
        Map<String, Double> values = new TreeMap<>();
        send(HttpRequest.newBuilder(metrics).header("accept", "text/plain").build())
                .body()
                .lines()
                .filter(line -> line.startsWith("gen_ai_"))
                .forEach(
                        line -> {
                            int labels = line.indexOf('{');
                            int end = line.lastIndexOf('}');
                            Map<String, String> sorted = new TreeMap<>();
                            LABEL.matcher(line.substring(labels, end))
                                    .results()
                                    .forEach(label -> sorted.put(label.group(1), label.group(2)));
                            values.put(
                                    series(line.substring(0, labels), sorted),
                                    Double.valueOf(line.substring(end + 2)));
                        });
        return values;
    }
}
