package dev.parley.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestingTopicsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final EventSender.Sent REFUSED =
            new EventSender.Sent(List.of(1L), Map.of("a", new IllegalStateException("no")));
    private static final EventSender.Sent TAKEN = new EventSender.Sent(List.of(2L), Map.of());

    private final RestingTopics resting =
            new RestingTopics(Duration.ofSeconds(2), Duration.ofSeconds(5));

    @Test
    void restsLongerEachTimeWithinBounds() {
        long now = 0;
        for (int seconds : List.of(2, 4, 5, 5)) {
            resting.after(REFUSED, now, now);
            assertThat(resting.topics(now + seconds * SECOND - 1)).containsExactly("a");
            now += seconds * SECOND;
            assertThat(resting.topics(now)).isEmpty();
        }
    }

    @Test
    void anotherTopicsRoundDoesNotEndARest() {
        resting.after(REFUSED, 0, 0);
        resting.after(TAKEN, SECOND, 3 * SECOND);
        resting.after(REFUSED, 3 * SECOND, 3 * SECOND);
        assertThat(resting.topics(6 * SECOND)).containsExactly("a");
    }

    @Test
    void forgetsATopicThatTakesItsEventsAgain() {
        resting.after(REFUSED, 0, 0);
        resting.after(TAKEN, 2 * SECOND, 2 * SECOND);
        resting.after(REFUSED, 9 * SECOND, 9 * SECOND);
        assertThat(resting.topics(11 * SECOND)).isEmpty();
    }
}
