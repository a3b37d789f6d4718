package dev.parley.identity.business.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource({
        "ada@example.org,ada@example.org",
        "'  Ada@Example.ORG ',ada@example.org",
        "ada+chat@b.co,ada+chat@b.co",
        "ａｄａ@ｅxample.org,ada@example.org",
        "admin@localhost,admin@localhost",
        "jürgen@münchen.de,jürgen@münchen.de",
    })
    void bringsAddressesIntoOneForm(String typed, String normalised) {
        assertThat(EmailAddress.parse(typed)).contains(new EmailAddress(normalised));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada",
                "@example.org",
                "ada@",
                "ada@-",
                "ada@a..b",
                "a b@c.d",
                "a@b@c d",
                "a,b@c.d",
                "<a@b.c>",
                "ada@exa mple.org",
                "a\u200b@b.c",
                "a\n@b.c",
                "a@b.c.",
            })
    void refusesWhatIsNone(String typed) {
        assertThat(EmailAddress.parse(typed)).isEmpty();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(EmailAddress.parse("a".repeat(65) + "@b.c")).isEmpty();
        assertThat(EmailAddress.parse("a@" + "b.".repeat(130) + "c")).isEmpty();
        assertThat(EmailAddress.parse("a".repeat(100_000) + "@b.c")).isEmpty();
        assertThatThrownBy(() -> new EmailAddress("ADA@b.c@"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
