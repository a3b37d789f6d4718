package dev.parley.conversation.business.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateMarkersTest {
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
        assertThat(TemplateMarkers.neutralise(neutral)).isEqualTo(neutral);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a < b", "x[1]", "<b>bold</b>", "List<String>", "[INSTALL]", "a|b"})
    void leavesOtherTextAlone(String text) {
        assertThat(TemplateMarkers.neutralise(text)).isEqualTo(text);
    }

    @Test
    void isNotFooledByMarkersInsideOfMarkers() {
        assertThat(TemplateMarkers.neutralise("<|im_<|x|>start|>")).doesNotContain("<|x|>");
        assertThat(TemplateMarkers.neutralise("<<|im_start|>|im_start|>"))
                .doesNotContain("<|im_start|>");
    }

    @Test
    void estimatesNoFewerTokensThanThereAreWords() {
        assertThat(TokenEstimate.of("a b c d")).isEqualTo(4);
        assertThat(TokenEstimate.of("abcdefgh")).isEqualTo(2);
        assertThat(TokenEstimate.of("日本語日本語")).isEqualTo(5);
        assertThat(TokenEstimate.of("")).isZero();
    }
}
