package dev.parley.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void tellsTheTightestWindowOfEachUnit() {
        Map<String, String> headers =
                new RateLimits(
                                List.of(
                                        requests("requests_per_minute", "minute", 20L, 15L, 30),
                                        requests("requests_per_day", "day", 1000L, 7L, 3600),
                                        tokens(100_000L, 99_000L)),
                                List.of())
                        .headers(NOW);
        assertThat(headers)
                .containsEntry("x-ratelimit-limit-requests", "1000")
                .containsEntry("x-ratelimit-remaining-requests", "7")
                .containsEntry("x-ratelimit-reset-requests", "3600s")
                .containsEntry("x-ratelimit-limit-tokens", "100000")
                .containsEntry("x-ratelimit-remaining-tokens", "99000")
                .doesNotContainKey("x-parley-warning");
        assertThat(headers.get("RateLimit"))
                .isEqualTo(
                        "\"requests_per_minute\";r=15;t=30, \"requests_per_day\";r=7;t=3600,"
                                + " \"tokens_per_day\";r=99000;t=60");
        assertThat(headers.get("RateLimit-Policy"))
                .contains("\"requests_per_minute\";q=20;w=60")
                .contains("\"requests_per_day\";q=1000;w=86400");
    }

    @Test
    void saysNothingOfWhatIsUnlimited() {
        assertThat(
                        new RateLimits(
                                        List.of(
                                                requests(
                                                        "requests_per_day", "day", null, null, 60)),
                                        List.of())
                                .headers(NOW))
                .isEmpty();
    }

    @Test
    void warnsPastASoftLimit() {
        assertThat(new RateLimits(List.of(), List.of("tokens_per_day")).headers(NOW))
                .containsExactly(Map.entry("x-parley-warning", "tokens_per_day"));
    }

    private static RateLimits.Window requests(
            String name, String window, @Nullable Long hard, @Nullable Long left, int seconds) {
        return new RateLimits.Window(
                name, "requests", window, hard, left, NOW.plusSeconds(seconds));
    }

    private static RateLimits.Window tokens(long hard, long left) {
        return new RateLimits.Window(
                "tokens_per_day", "tokens", "day", hard, left, NOW.plusSeconds(60));
    }
}
