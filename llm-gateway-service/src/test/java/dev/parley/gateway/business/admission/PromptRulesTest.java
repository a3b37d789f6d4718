package dev.parley.gateway.business.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromptRulesTest {
    private static final Requester GUEST = new Someone(false);
    private static final Requester PRODUCT = new Someone(true);

    private record Someone(boolean mayInstruct) implements Requester {
        @Override
        public String organization() {
            return "org_a";
        }

        @Override
        public String subject() {
            return "user_a";
        }

        @Override
        public @Nullable String apiKey() {
            return null;
        }
    }

    @Test
    void takesAMessageOfAnyone() {
        assertThat(PromptRules.refusalOf(prompt(Role.USER, "hello"), GUEST)).isEmpty();
    }

    @Test
    void takesInstructionsOnlyOfThoseWhoMayGiveThem() {
        for (Role role : List.of(Role.SYSTEM, Role.ASSISTANT)) {
            assertThat(PromptRules.refusalOf(prompt(role, "obey"), GUEST))
                    .contains(new Refusal.InstructionsNotAllowed("messages[0].role"));
            assertThat(PromptRules.refusalOf(prompt(role, "obey"), PRODUCT)).isEmpty();
        }
    }

    @Test
    void refusesWhatIsEmptyToTheEye() {
        assertThat(PromptRules.refusalOf(prompt(Role.USER, " \n\t"), PRODUCT))
                .contains(new Refusal.EmptyMessage("messages[0].content"));
    }

    @Test
    void countsBytesNotCharacters() {
        int most = PromptRules.LONGEST_MESSAGE_BYTES;
        assertThat(PromptRules.refusalOf(prompt(Role.USER, "x".repeat(most)), GUEST)).isEmpty();
        assertThat(PromptRules.refusalOf(prompt(Role.USER, "x".repeat(most + 1)), GUEST))
                .contains(new Refusal.MessageTooLong("messages[0].content"));
        assertThat(PromptRules.refusalOf(prompt(Role.USER, "€".repeat(most / 3 + 1)), GUEST))
                .contains(new Refusal.MessageTooLong("messages[0].content"));
    }

    private static Prompt prompt(Role role, String text) {
        return new Prompt(List.of(new Message(role, text)));
    }
}
