package dev.parley.conversation.app.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.RemoteScene;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.ReplayLog;
import dev.parley.conversation.business.response.ReplayLog.Entry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplayLogIT extends RemoteScene {
    @Inject ReplayLog log;

    @Test
    void takesAnEntryAgainWhoseFirstCommitLookedLikeAFailure() throws Exception {
        try (Running running = run("a")) {
            ResponseId turn = new ResponseId(running.id());
            assertThat(log.append(List.of(new Entry(turn, 1, 1, List.of("b"))))).contains(turn);
            assertThat(log.append(List.of(new Entry(turn, 1, 1, List.of("b", "c")))))
                    .contains(turn);
            assertThat(log.append(List.of(new Entry(turn, 1, 3, List.of("d"))))).contains(turn);
            assertThat(after(turn, 0)).containsExactly("a", "b", "c", "d");
            // Somebody saw the entry before it grew.
            assertThat(after(turn, 2)).containsExactly("c", "d");
            assertThat(after(turn, 3)).containsExactly("d");
            assertThat(log.after(Map.of(turn, 4))).isEmpty();
        }
    }

    private List<String> after(ResponseId turn, int seen) {
        return log.after(Map.of(turn, seen)).getOrDefault(turn, List.of());
    }
}
