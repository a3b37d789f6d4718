package dev.parley.moderation.business.screening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {
    static String lettersOf(String text) {
        FoldedText folded = FoldedText.of(text);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < folded.length(); i++) {
            letters.appendCodePoint(folded.letter(i));
        }
        return letters.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "BOMB, bomb",
        "ｂｏｍｂ, bomb",
        "вомв, bomb",
        "𝐛𝓸𝕞𝖇, bomb",
        "ⓑⓞⓜⓑ, bomb",
        "🅱🅾🅼🅱, bomb",
        "bömb, bomb",
        "ﬁre, fire",
        "straße, strasse",
        "ʙᴏᴍʙ, bomb",
    })
    void readsDisguisedLettersAsLatin(String disguised, String letters) {
        assertThat(lettersOf(disguised)).isEqualTo(letters);
    }

    @Test
    void leavesOutWhatNoReaderSees() {
        assertThat(lettersOf("b\u200bo\u00adm\u202eb\u0301\ufeff")).isEqualTo("bomb");
    }

    @Test
    void foldsCyrillicOfATermAsItFoldsTheText() {
        assertThat(lettersOf("Привет")).isEqualTo(lettersOf("привет"));
    }

    @Test
    void knowsWhereEachSymbolStoodInTheOriginal() {
        FoldedText folded = FoldedText.of("🙂\u200bﬁx");
        assertThat(folded.length()).isEqualTo(4);
        assertThat(folded.start(1)).isEqualTo(3);
        assertThat(folded.end(2)).isEqualTo(4);
        assertThat(folded.start(3)).isEqualTo(4);
        assertThat(folded.symbolAt(4)).isEqualTo(3);
    }

    @Test
    void foldsTheSameInPiecesAsInOne() {
        String text = "Ёлка ﬁ ½ é e\u0301 ＡＢ 日本 🅱 ß";
        StringBuilder pieces = new StringBuilder();
        text.codePoints()
                .forEach(codePoint -> pieces.append(lettersOf(Character.toString(codePoint))));
        assertThat(lettersOf(text)).isEqualTo(pieces.toString());
    }
}
