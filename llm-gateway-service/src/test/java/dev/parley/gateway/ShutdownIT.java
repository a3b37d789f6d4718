package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A replica that is told to stop leaves nothing for others to do. */
@QuarkusTest
class ShutdownIT extends GatewayIT {
    private static final Duration TIME_TO_END = Duration.ofSeconds(2);
    private static final String STREAM =
            "{\"model\":\"simulated\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";

    @Test
    void endsWhatIsStillOpenPutsItOnRecordAndSendsItsOutbox() {
        behave("{\"between_tokens\":\"50ms\",\"tokens\":400}");
        try (Replica replica =
                        Replica.start(
                                Map.of(
                                        "QUARKUS_SHUTDOWN_DELAY",
                                        "200ms",
                                        "QUARKUS_SHUTDOWN_TIMEOUT",
                                        TIME_TO_END.toSeconds() + "s"));
                RawConnection client =
                        RawConnection.post(
                                replica.address(),
                                "/v1/chat/completions",
                                IdentityPeer.clientToken(ALICE),
                                STREAM)) {
            client.readUntil("words:");
            Instant told = Instant.now();
            replica.terminate();

            String rest = client.readUntil("\"error\"");
            assertThat(Duration.between(told, Instant.now()))
                    .isBetween(TIME_TO_END.minusSeconds(1), TIME_TO_END.plusSeconds(3));
            assertThat(rest.substring(rest.lastIndexOf("data:"))).contains("upstream_error");
            assertThat(replica.endsWithin(Duration.ofSeconds(15))).isTrue();
            assertRecordedAndSent(replica);
        }
    }

    private static void assertRecordedAndSent(Replica replica) {
        List<String> records =
                replica.committed("select data from outbox where topic = 'parley.usage'");
        assertThat(records).hasSize(1);
        JsonNode usage = json(records.getFirst());
        JsonNode call = providerCalls().getFirst();
        assertThat(usage.get("finish").asText()).isEqualTo("cancelled");
        assertThat(usage.get("estimated").asBoolean()).isTrue();
        assertThat(call.get("status").asText()).isEqualTo("cut");
        int missing = call.get("completion_tokens").asInt() - usage.get("output_tokens").asInt();
        assertThat(missing).isBetween(0, call.get("completion_tokens_in_last_second").asInt());
        assertThat(replica.committed("select id from outbox where sent_at is null")).isEmpty();
    }
}
