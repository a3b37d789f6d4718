package dev.parley.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void carriesBothShapesOfAnError() {
        Map<String, @Nullable Object> body =
                Problem.invalid("input[0].role", "No such role.").body("/v1/x", "t1");
        assertThat(body)
                .containsEntry("type", "urn:parley:error:invalid_request")
                .containsEntry("title", "Bad Request")
                .containsEntry("status", 400)
                .containsEntry("detail", "No such role.")
                .containsEntry("instance", "/v1/x")
                .containsEntry("trace_id", "t1");
        assertThat(body.get("error"))
                .isEqualTo(
                        Map.of(
                                "message", "No such role.",
                                "type", "invalid_request_error",
                                "param", "input[0].role",
                                "code", "invalid_request"));
    }

    @Test
    void roundsRetryAfterUpAndKeepsTheMilliseconds() {
        Problem problem =
                Problem.of(429, "rate_limited", "Too fast.")
                        .withRetryAfter(Duration.ofMillis(1500));
        assertThat(problem.headers())
                .containsEntry("Retry-After", "2")
                .containsEntry("retry-after-ms", "1500")
                .doesNotContainKey("x-should-retry");
    }

    @Test
    void tellsClientsNotToRetryIntoALimitThatResetsLate() {
        assertThat(
                        Problem.of(429, "quota_exceeded", "Used up.")
                                .withRetryAfter(Duration.ofSeconds(9))
                                .headers())
                .containsEntry("x-should-retry", "false");
        assertThat(Problem.dependencyUnavailable().headers()).doesNotContainKey("x-should-retry");
    }

    @Test
    void isNeverASuccess() {
        assertThatThrownBy(() -> Problem.of(200, "fine", "Fine."))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
