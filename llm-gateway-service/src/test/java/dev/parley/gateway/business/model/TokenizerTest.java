package dev.parley.gateway.business.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static final List<String> TEXTS = List.of("one two", "  three\n\tfour ", "");

    @Test
    void wordsAreCountedExactly() {
        assertThat(Tokenizer.WHITESPACE.atMost(TEXTS)).isEqualTo(new Tokens(4));
        assertThat(Tokenizer.WHITESPACE.atLeast(TEXTS)).isEqualTo(new Tokens(4));
    }

    @Test
    void bytesBoundEveryVocabularyFromAbove() {
        // 7 + 14 bytes, and eight tokens of template around each of three messages and the whole.
        assertThat(Tokenizer.BYTES.atMost(TEXTS)).isEqualTo(new Tokens(7 + 14 + 4 * 8));
        assertThat(Tokenizer.BYTES.atMost(List.of("é€😀"))).isEqualTo(new Tokens(2 + 3 + 4 + 16));
    }

    @Test
    void theLowerBoundNeverPassesTheUpper() {
        for (Tokenizer tokenizer : Tokenizer.values()) {
            for (String text :
                    List.of("", "a", "word ".repeat(500), "😀".repeat(50), " ".repeat(99))) {
                assertThat(tokenizer.atLeast(List.of(text)))
                        .isLessThanOrEqualTo(tokenizer.atMost(List.of(text)));
            }
        }
    }

    @Test
    void theLowerBoundDoesNotRefuseLongRunsOfWhiteSpace() {
        assertThat(Tokenizer.BYTES.atLeast(List.of(" ".repeat(10_000)))).isEqualTo(Tokens.NONE);
    }
}
