package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.peers.IdentityPeer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a revocation ends besides the next request. */
@QuarkusTest
class RevocationIT extends Service {
    private static final String STREAM =
            "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}";
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final Person person = new Person();

    @Test
    void endsTheTurnAndTheStreamOfARevokedCaller() throws Exception {
        GatewayPeer.plays(RevocationIT::talksOn);
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            stream.until("response.output_text.delta");
            CompletableFuture<Events> rest = toTheEnd(stream);
            IdentityPeer.change("subject_revoked", person.subject);

            Events events = rest.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);

            assertThat(events.types()).endsWith("error", "response.failed");
            assertThat(events.last().path("response").path("error").path("code").asText())
                    .isEqualTo("invalid_token");
            assertThat(events.last().path("response").path("output").isEmpty()).isFalse();
            assertThat(GatewayPeer.wasCut(BOUND)).isTrue();
        }
    }

    @Test
    void endsAWatchersStreamAndNotTheTurnThatAnotherTokenBegan() throws Exception {
        Person elsewhere = person.elsewhere();
        GatewayPeer.plays(RevocationIT::talksOn);
        try (OpenStream stream = OpenStream.post(person, STREAM)) {
            stream.until("response.output_text.delta");
            String path = "/v1/responses/" + stream.responseId();
            try (OpenStream watching = OpenStream.get(elsewhere, path + "?stream=true")) {
                watching.until("response.output_text.delta");
                CompletableFuture<Events> rest = toTheEnd(watching);
                IdentityPeer.change("token_revoked", elsewhere.tokenId);

                Events events = rest.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);

                assertThat(events.last().path("type").asText()).isEqualTo("error");
                assertThat(events.last().path("code").asText()).isEqualTo("invalid_token");
                events.areNumberedFrom(0);
            }
            JsonPath turn = person.asks().get(path).jsonPath();
            assertThat(turn.getString("status")).isEqualTo("in_progress");
            assertThat(elsewhere.asks().get(path).statusCode()).isEqualTo(401);
            person.asks().post(path + "/cancel").then().statusCode(200);
        }
    }

    @Test
    void answersTheWaitingRequestOfARevokedCaller() throws Exception {
        GatewayPeer.plays(RevocationIT::talksOn);
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(
                        () -> person.turn("{\"model\":\"simulated\",\"input\":\"Hi\"}"));
        while (GatewayPeer.calls().isEmpty()) {
            Thread.sleep(10);
        }
        IdentityPeer.change("token_revoked", person.tokenId);

        Response answer = waiting.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.jsonPath().getString("error.code")).isEqualTo("invalid_token");
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    }

    private static CompletableFuture<Events> toTheEnd(OpenStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return stream.toTheEnd();
                    } catch (IOException cut) {
                        throw new IllegalStateException("cut without a word", cut);
                    }
                });
    }

    private static void talksOn(GatewayPeer.Answer answer)
            throws IOException, InterruptedException {
        answer.admitted();
        for (int i = 0; i < 200; i++) {
            answer.delta("word ").pause(Duration.ofMillis(50));
        }
        answer.finished("stop", 200);
    }
}
