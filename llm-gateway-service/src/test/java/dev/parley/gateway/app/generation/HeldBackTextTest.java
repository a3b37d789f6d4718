package dev.parley.gateway.app.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldBackTextTest {
    private final HeldBackText text = new HeldBackText();

    @Test
    void whatWasTakenIsNoNewsUntilMoreComes() {
        text.append("abc");
        assertThat(text.take()).isEqualTo("abc");
        assertThat(text.hasNews()).isFalse();

        text.append("d");
        assertThat(text.hasNews()).isTrue();
    }

    @Test
    void whatIsHeldBackComesAgainWithWhatFollows() {
        text.append("abc");
        text.take();
        text.release(2, "AB");
        assertThat(text.hasNews()).isFalse();

        text.append("de");
        assertThat(text.hasNews()).isTrue();
        assertThat(text.take()).isEqualTo("cde");
        assertThat(text.shownTail()).isEqualTo("AB");
    }

    @Test
    void textThatCameDuringACheckIsNews() {
        text.append("abc");
        text.take();
        text.append("d");
        text.release(3, "abc");

        assertThat(text.hasNews()).isTrue();
        assertThat(text.take()).isEqualTo("d");
    }

    @Test
    void onlyTheEndOfWhatWasShownIsKept() {
        text.append("x".repeat(300) + "end");
        text.take();
        text.release(303, "x".repeat(300) + "end");

        assertThat(text.shownTail()).hasSize(256).endsWith("end");
        assertThat(text.isEmpty()).isTrue();
    }
}
