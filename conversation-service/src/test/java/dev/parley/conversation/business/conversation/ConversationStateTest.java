package dev.parley.conversation.business.conversation;

import static dev.parley.conversation.business.conversation.ConversationState.ACTIVE;
import static dev.parley.conversation.business.conversation.ConversationState.ARCHIVED;
import static dev.parley.conversation.business.conversation.ConversationState.CLOSED;
import static dev.parley.conversation.business.conversation.ConversationState.PAUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConversationStateTest {
    private static final Map<ConversationState, Set<ConversationState>> LEGAL =
            Map.of(
                    ACTIVE, Set.of(PAUSED, ARCHIVED, CLOSED),
                    PAUSED, Set.of(ACTIVE, ARCHIVED, CLOSED),
                    ARCHIVED, Set.of(ACTIVE, CLOSED),
                    CLOSED, Set.of());

    @Test
    void movesAsTheContractSaysAndNoOtherWay() {
        for (ConversationState from : ConversationState.values()) {
            for (ConversationState to : ConversationState.values()) {
                assertThat(from.mayBecome(to))
                        .describedAs("%s to %s", from, to)
                        .isEqualTo(from == to || LEGAL.getOrDefault(from, Set.of()).contains(to));
            }
        }
    }

    @Test
    void metadataKeepsItsBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Metadata(Map.of("k".repeat(65), "v")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Metadata(Map.of("k", "v".repeat(513))));
        assertThat(new Metadata(Map.of("k".repeat(64), "v".repeat(512))).pairs()).hasSize(1);
    }
}
