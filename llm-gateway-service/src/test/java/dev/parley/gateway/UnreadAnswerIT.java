package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that does not read is sent more than any buffer of the network takes. */
@QuarkusTest
class UnreadAnswerIT extends GatewayIT {
    private static final String STREAM =
            "{\"model\":\"simulated\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";

    @BeforeEach
    void everySpaceIsLong() {
        ModerationPeer.redactedOutput = " ";
        ModerationPeer.replacement = "x".repeat(400_000);
    }

    @Test
    void isCutWhileItRunsAsIfTheClientHadGone() {
        behave("{\"between_tokens\":\"20ms\",\"tokens\":400}");

        try (RawConnection client = stream()) {
            eventually(Duration.ofSeconds(6), () -> totals().get("cut").asInt() == 1);
            eventually(client::isClosed);
        }

        JsonNode usage = onlyUsageRecord();
        assertThat(usage.get("finish").asText()).isEqualTo("client_gone");
        assertThat(usage.get("output_tokens").asInt()).isBetween(1, 399);
    }

    @Test
    void isNotKeptAfterItsEnd() {
        behave("{\"between_tokens\":\"10ms\",\"tokens\":40}");

        try (RawConnection client = stream()) {
            assertThat(onlyUsageRecord().get("finish").asText()).isEqualTo("stop");
            assertThat(client.isClosed()).isFalse();

            eventually(client::isClosed);
        }
    }

    @Test
    void isWholeForAClientThatPausesForAWhile() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":60}");

        try (RawConnection client = stream()) {
            eventually(
                    () ->
                            !providerCalls().isEmpty()
                                    && providerCalls().getFirst().get("completion_tokens").asInt()
                                            >= 18);

            String answer = client.readUntil("[DONE]");
            assertThat(answer.substring(answer.length() - 500)).contains("\"stop\"", "[DONE]");
        }
        assertThat(onlyUsageRecord().get("output_tokens").asInt()).isEqualTo(60);
    }

    private RawConnection stream() {
        return RawConnection.post(
                gateway, "/v1/chat/completions", IdentityPeer.clientToken(ALICE), STREAM);
    }
}
