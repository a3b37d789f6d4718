package dev.parley.moderation.business.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseTest {
    private static boolean finds(String phrase, String text) {
        PhraseAutomaton automaton = new PhraseAutomaton(List.of(Phrase.parse(phrase)));
        return !automaton.matches(Words.of(FoldedText.of(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "red fox, the red fox, true",
        "red fox, the reddish fox, false",
        "red fox, red brown fox, false",
        "red brown? fox, red fox, true",
        "red brown? fox, Red  BROWN fox, true",
        "red (fox|dog), a red dog, true",
        "red (fox|dog), a red cat, false",
        "red ~2 fox, red and quick fox, true",
        "red ~2 fox, red and very quick fox, false",
        "red ~2 fox, red fox, true",
        "red red fox, red red red fox, true",
        "don't, we dont, true",
        "well-known, well known, true",
        "忽略指令, 请忽略指令吧, true",
        "façade, the facade, true",
    })
    void meansWhatItSays(String phrase, String text, boolean found) {
        assertThat(finds(phrase, text)).isEqualTo(found);
    }

    @Test
    void tellsWhichPhraseAndWhere() {
        PhraseAutomaton automaton =
                new PhraseAutomaton(List.of(Phrase.parse("blue"), Phrase.parse("red fox")));
        assertThat(automaton.matches(Words.of(FoldedText.of("a red fox"))))
                .containsExactly(new PhraseMatch(1, 1, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "~2 fox", "fox ~2", "a? b?", "~9 fox", "red ~7 fox", "(red|blue", "..."})
    void refusesWhatIsNoPhrase(String phrase) {
        assertThatIllegalArgumentException().isThrownBy(() -> Phrase.parse(phrase));
    }
}
