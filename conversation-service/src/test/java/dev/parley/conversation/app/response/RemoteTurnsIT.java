package dev.parley.conversation.app.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.RemoteScene;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.TurnProgress;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a replica sees of a turn that it does not run. */
@QuarkusTest
class RemoteTurnsIT extends RemoteScene {
    @Inject RemoteTurns remote;
    @Inject Responses responses;
    @Inject AwaitEnd awaitEnd;

    @Test
    void feedsEveryWatcherOfATurnWheneverItBegan() throws Exception {
        try (Running running = run("a")) {
            Response turn = turnOf(running);
            TurnProgress first = remote.follow(turn);
            first.watch(() -> {}).close();
            // Long enough for what nobody watches to be forgotten.
            Thread.sleep(400);
            TurnProgress second = remote.follow(turn);
            try (TurnProgress.Watch ignored = second.watch(() -> {});
                    TurnProgress.Watch again = first.watch(() -> {})) {
                for (int i = 0; i < 100 && first.read(0).deltas().isEmpty(); i++) {
                    Thread.sleep(20);
                }
                assertThat(first.read(0).deltas()).containsExactly("a");
            }
        }
    }

    private Response turnOf(Running running) {
        return responses
                .find(
                        new ResponseId(running.id()),
                        new Owner(running.organization(), running.subject()))
                .orElseThrow();
    }

    @Test
    void showsWhatAnotherReplicaCommitsUntilTheTurnEnds() throws Exception {
        try (Running running = run("a", "b", "c")) {
            Response turn = turnOf(running);
            TurnProgress progress = remote.follow(turn);
            try (TurnProgress.Watch ignored = progress.watch(() -> {})) {
                for (int i = 0; i < 100 && progress.read(0).deltas().isEmpty(); i++) {
                    Thread.sleep(20);
                }
                assertThat(progress.read(0).deltas()).contains("a");
                assertThat(progress.read(0).ended()).isNull();
                running.goOn();
                Response ended = awaitEnd.handle(progress, Duration.ofSeconds(5)).orElseThrow();
                assertThat(ended.end()).isNotNull();
                assertThat(progress.read(0).deltas()).containsExactly("a", "b", "c");
                assertThat(progress.read(2).deltas()).containsExactly("c");
            }
        }
    }
}
