package dev.parley.platform.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PublicIdTest {
    private static final UUID ID = UUID.fromString("0198f0aa-0000-7abc-8def-00000000000f");

    @Test
    void spellsAnIdAsPrefixAndHexDigits() {
        assertThat(PublicId.format("conv_", ID)).isEqualTo("conv_0198f0aa00007abc8def00000000000f");
    }

    @Test
    void readsWhatItSpelled() {
        assertThat(PublicId.parse("conv_", PublicId.format("conv_", ID))).contains(ID);
    }

    @Test
    void refusesAnotherPrefixUpperCaseAndWrongLength() {
        String hex = "0198f0aa00007abc8def00000000000f";
        assertThat(PublicId.parse("conv_", "resp_" + hex)).isEmpty();
        assertThat(PublicId.parse("conv_", "conv_" + hex.toUpperCase(java.util.Locale.ROOT)))
                .isEmpty();
        assertThat(PublicId.parse("conv_", "conv_" + hex + "0")).isEmpty();
        assertThat(PublicId.parse("conv_", "conv_+198f0aa00007abc8def00000000000f")).isEmpty();
    }

    @Test
    void idsIncrease() {
        TimeOrderedIds ids = new TimeOrderedIds();
        String previous = PublicId.format("", ids.next());
        for (int i = 0; i < 1000; i++) {
            String next = PublicId.format("", ids.next());
            assertThat(next).isGreaterThan(previous);
            assertThat(next.charAt(12)).isEqualTo('7');
            previous = next;
        }
    }
}
