package dev.parley.identity.business.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.business.account.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    private final PasswordPolicy policy = new PasswordPolicy(8, 64);
    private final EmailAddress email = new EmailAddress("ada@example.org");

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "ünï cödé 🙂🙂", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void takesWhatIsLongEnough(String text) {
        assertThat(policy.faultOf(new Password(text), email)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "🙂🙂🙂🙂🙂🙂🙂", "ADA@example.org"})
    void refusesWhatIsShortOrTheAddress(String text) {
        assertThat(policy.faultOf(new Password(text), email)).isPresent();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(policy.faultOf(new Password("a".repeat(65)), email)).isPresent();
        assertThat(new Password("a".repeat(513)).isTooLongToCheck()).isTrue();
    }

    @Test
    void takesBothSpellingsOfALetterForOne() {
        assertThat(new Password("Cafe\u0301 latte")).isEqualTo(new Password("Caf\u00e9 latte"));
    }

    @Test
    void neverShowsAPassword() {
        assertThat(new Password("very secret").toString()).doesNotContain("secret");
        assertThat(new ClientSecret("very secret").toString()).doesNotContain("secret");
        assertThat(new PasswordHash("very secret").toString()).doesNotContain("secret");
    }

    @Test
    void refusesPoliciesThatAreTooWeakOrTooTight() {
        assertThatThrownBy(() -> new PasswordPolicy(7, 64))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PasswordPolicy(8, 63))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
