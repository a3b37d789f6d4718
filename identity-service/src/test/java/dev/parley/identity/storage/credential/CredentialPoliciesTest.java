package dev.parley.identity.storage.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ClientSecret;
import dev.parley.identity.business.credential.ConfiguredClients;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialPoliciesTest {
    @Test
    void readsPairsWithCommasBetween() {
        assertThat(CredentialPolicies.parse(" moderation-service=a=b== , identity-service=c "))
                .isEqualTo(
                        Map.of(
                                new ClientId("moderation-service"),
                                new ClientSecret("a=b=="),
                                new ClientId("identity-service"),
                                new ClientSecret("c")));
        assertThat(CredentialPolicies.parse("  ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"moderation-service", "=x", "moderation-service=", "a=b,,c=d"})
    void refusesWhatIsNoPairWithoutRepeatingIt(String pairs) {
        assertThatThrownBy(() -> CredentialPolicies.parse(pairs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("=x");
    }

    @Test
    void knowsTheFiveServicesOnly() {
        assertThatThrownBy(
                        () ->
                                new ConfiguredClients(
                                        CredentialPolicies.parse("mallory=x"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new ConfiguredClients(
                                        Map.of(), CredentialPolicies.parse("identity-service=x")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
