package dev.parley.identity.business.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ApiKeySecretTest {
    @Test
    void hasAPrefixAnd256Bits() {
        SplittableRandom random = new SplittableRandom(42);
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ApiKeySecret secret = ApiKeySecret.generate(random);
            assertThat(secret.value()).matches("sk-parley-[A-Za-z0-9_-]{43}");
            assertThat(ApiKeySecret.parse(secret.value())).contains(secret);
            assertThat(secret.toString()).doesNotContain(secret.value());
            made.add(secret.value());
        }
        assertThat(made).hasSize(100);
    }

    @Test
    void isNothingElse() {
        assertThat(ApiKeySecret.parse("sk-parley-")).isEmpty();
        assertThat(ApiKeySecret.parse("sk-parley-" + "a".repeat(44))).isEmpty();
        assertThat(ApiKeySecret.parse("sk-other--" + "a".repeat(43))).isEmpty();
        assertThat(ApiKeySecret.parse("sk-parley-" + "ä".repeat(43))).isEmpty();
    }
}
