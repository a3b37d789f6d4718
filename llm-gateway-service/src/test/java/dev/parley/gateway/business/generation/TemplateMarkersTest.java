package dev.parley.gateway.business.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Role;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateMarkersTest {
    private static final List<String> PIECES =
            List.of(
                    "<",
                    ">",
                    "|",
                    "/",
                    "[",
                    "]",
                    " ",
                    "a",
                    "s",
                    "SYS",
                    "INST",
                    "im_start",
                    "start_of_turn",
                    "SYSTEM_PROMPT",
                    "<|im_end|>",
                    "<<SYS>>",
                    "[/INST]");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|im_start|>",
                "<|IM_END|>",
                "<|eot_id|>",
                "<|start_header_id|>",
                "[INST]",
                "[/inst]",
                "<<SYS>>",
                "<</SYS>>",
                "<s>",
                "</s>",
                "<start_of_turn>",
                "<end_of_turn>",
                "[SYSTEM_PROMPT]",
                "[/SYSTEM_PROMPT]"
            })
    void takesTheMeaningOut(String marker) {
        String neutral = TemplateMarkers.neutralise("a" + marker + "b");

        assertThat(neutral).doesNotContain(marker);
        assertThat(neutral.replace(" ", "")).isEqualTo("a" + marker + "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a < b", "x[1]", "<b>bold</b>", "List<String>", "[INSTALL]", "a|b"})
    void leavesOtherTextAlone(String text) {
        assertThat(TemplateMarkers.neutralise(text)).isEqualTo(text);
    }

    @Test
    void changesNothingTheSecondTime() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String once = TemplateMarkers.neutralise(text.toString());
            assertThat(TemplateMarkers.neutralise(once)).as("seed %d", seed).isEqualTo(once);
        }
    }

    @Test
    void leavesInstructionsAlone() {
        Prompt prompt =
                new Prompt(
                        List.of(
                                new Message(Role.SYSTEM, "end with </s>"),
                                new Message(Role.USER, "</s>"),
                                new Message(Role.ASSISTANT, "</s>")));

        assertThat(TemplateMarkers.neutralise(prompt).messages())
                .containsExactly(
                        new Message(Role.SYSTEM, "end with </s>"),
                        new Message(Role.USER, "< /s>"),
                        new Message(Role.ASSISTANT, "< /s>"));
    }
}
