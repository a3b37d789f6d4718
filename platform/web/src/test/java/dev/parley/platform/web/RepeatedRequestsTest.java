package dev.parley.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedRequestsTest {
    @Test
    void takesPrintableKeysOfUpTo255Characters() {
        assertThat(RepeatedRequests.idempotencyKey(null)).isNull();
        assertThat(RepeatedRequests.idempotencyKey(" ~")).isEqualTo(" ~");
        assertThat(RepeatedRequests.idempotencyKey("k".repeat(255))).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "a\u007fb", "k\u00e9y"})
    void refusesOtherKeys(String key) {
        assertThatThrownBy(() -> RepeatedRequests.idempotencyKey(key))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().status()).isEqualTo(400);
                            assertThat(refused.problem().error())
                                    .containsEntry("param", "Idempotency-Key");
                        });
    }

    @Test
    void tellsAFurtherTryFromTheFirst() {
        assertThat(RepeatedRequests.retried(null)).isFalse();
        assertThat(RepeatedRequests.retried("0")).isFalse();
        assertThat(RepeatedRequests.retried(" 0 ")).isFalse();
        assertThat(RepeatedRequests.retried("1")).isTrue();
        assertThat(RepeatedRequests.retried("12")).isTrue();
    }

    @Test
    void tellsRequestsApartByPathAndBody() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(RepeatedRequests.hash("/a", body))
                .hasSize(64)
                .isEqualTo(RepeatedRequests.hash("/a", body.clone()))
                .isNotEqualTo(RepeatedRequests.hash("/b", body))
                .isNotEqualTo(RepeatedRequests.hash("/a", new byte[0]));
    }
}
