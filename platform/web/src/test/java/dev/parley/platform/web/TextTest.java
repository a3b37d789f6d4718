package dev.parley.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void takesEveryWellFormedText() {
        assertThat(Text.faultOf("")).isNull();
        assertThat(Text.faultOf("naïve 😀\n\t")).isNull();
    }

    @Test
    void namesWhatIsWrong() {
        assertThat(Text.faultOf("a\0b")).contains("NUL");
        assertThat(Text.faultOf("a\ud83d")).contains("surrogate");
        assertThat(Text.faultOf("\ude00a")).contains("surrogate");
        assertThat(Text.faultOf("\ud83d\ud83d\ude00")).contains("surrogate");
    }
}
