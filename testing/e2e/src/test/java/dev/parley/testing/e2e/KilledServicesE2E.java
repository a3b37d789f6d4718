package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} of a replica of each service while answers stream through it. */
@Order(Integer.MAX_VALUE - 6)
@ExtendWith(RunningStack.class)
class KilledServicesE2E {
    private static final List<String> NEIGHBOURS =
            List.of("usage-billing-service", "moderation-service", "identity-service");
    private static final int TURNS = 6;
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

    private final Stack stack;

    KilledServicesE2E(Stack stack) {
        this.stack = stack;
    }

    @ParameterizedTest
    @ValueSource(strings = {"llm-gateway-service", "conversation-service"})
    void whatItRanEndsWithWhatItHad(String service) {
        stack.awaitReady(ENDS_WITHIN);
        List<WatchedTurn> turns = begin(200);
        List<WatchedChat> chats = beginChats();
        Eventually.pause(Duration.ofMillis(2500)); // a report of progress at least

        Aftermath aftermath = Aftermath.ofAKill(stack, "kill -9 of " + service + " mid-stream");
        stack.kill(service);

        turns.forEach(turn -> turn.awaitEnd(ENDS_WITHIN));
        chats.forEach(chat -> chat.awaitEnd(ENDS_WITHIN));
        assertThat(turns).as("the replica that was killed ran some").anyMatch(it -> !it.whole());
        if (stack.replicas() > 1) {
            assertThat(turns).as("the other replica's go on").anyMatch(WatchedTurn::whole);
            assertThat(chats).as("the other replica's go on").anyMatch(WatchedChat::whole);
        }
        if (service.equals("llm-gateway-service")) {
            assertThat(chats).as("it ran some").anyMatch(it -> !it.whole());
        } else {
            assertThat(chats).as("they do not pass through it").allMatch(WatchedChat::whole);
        }
        Caller caller = stack.anyone().with(stack.apiKey());
        for (WatchedTurn turn : turns) {
            WatchedTurn again = turn.again(caller);
            again.awaitEnd(ENDS_WITHIN);
            assertThat(again.text()).as("replayed by any replica").startsWith(turn.text());
            assertThat(again.whole() ^ again.failed()).as(again.toString()).isTrue();
        }
        aftermath.holds(turns);
    }

    @Test
    void streamsUnderWayOutliveAReplicaOfEachNeighbour() {
        stack.awaitReady(ENDS_WITHIN);
        List<WatchedTurn> turns = begin(160);

        Aftermath aftermath =
                Aftermath.of(stack, "kill -9 of usage-billing, moderation, identity mid-stream");
        for (String service : NEIGHBOURS) {
            stack.kill(service);
            Eventually.pause(Duration.ofSeconds(1));
        }

        turns.forEach(turn -> turn.awaitEnd(ENDS_WITHIN));
        if (stack.replicas() > 1) {
            assertThat(turns).allMatch(WatchedTurn::whole);
        }
        aftermath.holds(turns);
    }

    private List<WatchedChat> beginChats() {
        Caller caller = stack.anyone().with(stack.apiKey());
        List<WatchedChat> chats =
                Stream.iterate(1, i -> i <= TURNS, i -> i + 1)
                        .map(i -> WatchedChat.begin(caller, "So do I, " + i + "."))
                        .toList();
        chats.forEach(WatchedChat::awaitText);
        return chats;
    }

    private List<WatchedTurn> begin(int tokens) {
        stack.simulator().slowly(tokens, Duration.ofMillis(50));
        Caller caller = stack.anyone().with(stack.apiKey());
        List<WatchedTurn> turns =
                Stream.iterate(1, i -> i <= TURNS, i -> i + 1)
                        .map(i -> WatchedTurn.begin(caller, "Until something dies, " + i + "."))
                        .toList();
        turns.forEach(WatchedTurn::awaitText);
        return turns;
    }
}
