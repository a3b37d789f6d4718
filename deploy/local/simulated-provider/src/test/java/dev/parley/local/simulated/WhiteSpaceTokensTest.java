package dev.parley.local.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhiteSpaceTokensTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"''|0", "'   '|0", "one|1", "' one  two\tthree\n'|3", "größe 数字 🙂|3"})
    void countsRunsThatAreNotWhiteSpace(String text, int tokens) {
        assertThat(WhiteSpaceTokens.count(text)).isEqualTo(tokens);
        assertThat(String.join("", WhiteSpaceTokens.split(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"one|1", "'one two three'|3", "'  {\n  \"a\" : 1\n}'|5"})
    void splitsIntoAsManyAsItCounts(String text, int tokens) {
        assertThat(WhiteSpaceTokens.split(text)).hasSize(tokens);
        assertThat(WhiteSpaceTokens.count(text)).isEqualTo(tokens);
    }
}
