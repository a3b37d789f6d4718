package dev.parley.conversation.business.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DraftsTest {
    private static final ConversationId CONVERSATION = new ConversationId(new UUID(0, 1));

    @Test
    void hangsEachMessageBelowTheOneBefore() {
        ItemId leaf = new ItemId(new UUID(9, 9));
        List<Item> items =
                hang(Branch.below(leaf, 4), draft(Role.USER, "a"), draft(Role.USER, "b"));
        assertThat(items.getFirst().parent()).isEqualTo(leaf);
        assertThat(items.getFirst().depth()).isEqualTo(5);
        assertThat(items.get(1).parent()).isEqualTo(items.getFirst().id());
        assertThat(items.get(1).depth()).isEqualTo(6);
    }

    @Test
    void marksWhatTheCallerWroteForOthers() {
        assertThat(hang(Branch.ROOT, draft(Role.ASSISTANT, "a")).getFirst().origin())
                .isEqualTo(Origin.SUPPLIED);
        assertThat(hang(Branch.ROOT, draft(Role.USER, "a")).getFirst().origin())
                .isEqualTo(Origin.SENT);
    }

    @Test
    void refusesInTheOrderOfTheFields() {
        assertThat(refusal(null, true, draft(Role.USER, "  ")))
                .isInstanceOf(MessageRefusal.Empty.class);
        assertThat(refusal(null, false, draft(Role.SYSTEM, "x")))
                .isInstanceOf(MessageRefusal.InstructionsNotAllowed.class);
        assertThat(refusal("x", false, draft(Role.USER, "x")))
                .isInstanceOf(MessageRefusal.InstructionsNotAllowed.class);
        assertThat(refusal(null, true, draft(Role.USER, "é".repeat(128 * 1024 + 1))))
                .isInstanceOf(MessageRefusal.TooLong.class);
        assertThat(refusal(null, true, draft(Role.USER, "é".repeat(128 * 1024)))).isNull();
    }

    @Test
    void differentTextsHaveDifferentCommitments() {
        Salt salt = Salt.random(new Random(1));
        Payload one = new Payload(new UUID(1, 1), salt, List.of(ContentPart.input("ab")));
        Payload two =
                new Payload(
                        new UUID(1, 1),
                        salt,
                        List.of(ContentPart.input("a"), ContentPart.input("b")));
        assertThat(one.commitment()).isNotEqualTo(two.commitment());
        assertThat(one.commitment())
                .isEqualTo(
                        new Payload(new UUID(2, 2), salt, List.of(ContentPart.input("ab")))
                                .commitment());
    }

    private static @Nullable MessageRefusal refusal(
            @Nullable String instructions, boolean maySupply, Draft draft) {
        return new Drafts(List.of(draft)).refusal(instructions, maySupply, Map.of()).orElse(null);
    }

    private static List<Item> hang(Branch branch, Draft... drafts) {
        Random random = new Random(7);
        return new Drafts(List.of(drafts))
                .hang(
                        CONVERSATION,
                        branch,
                        null,
                        Map.of(),
                        String::length,
                        () -> new UUID(random.nextLong(), random.nextLong()),
                        random,
                        Instant.EPOCH);
    }

    private static Draft draft(Role role, String text) {
        return new Draft("input", null, role, List.of(ContentPart.input(text)));
    }
}
