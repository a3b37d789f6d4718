package dev.parley.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTagsTest {
    @Test
    void readsIdsAndNothingElse() {
        assertThat(
                        TraceTags.parse(
                                "parley.thing.id=thing_1, parley.other.id=0af7,user=someone,"
                                        + "parley.text=two words,parley.=x,parley.a.b.c.d.e.f=1"))
                .containsOnlyKeys("parley.thing.id", "parley.other.id")
                .containsEntry("parley.other.id", "0af7");
    }

    @Test
    void whatIsTooLongIsNotRead() {
        assertThat(TraceTags.parse("parley.thing.id=" + "x".repeat(65))).isEmpty();
        assertThat(TraceTags.parse("parley.thing.id=x," + " ".repeat(1100))).isEmpty();
        assertThat(TraceTags.parse(null)).isEmpty();
    }
}
