package dev.parley.platform.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of every limit that governed a request, and the headers that tell it: OpenAI's {@code
 * x-ratelimit-*} for the tightest window of each unit, and the IETF draft's {@code RateLimit} and
 * {@code RateLimit-Policy} for all of them.
 */
public record RateLimits(List<Window> windows, List<String> warnings) {
    /**
     * One limit's state after the request.
     *
     * @param name for example {@code requests_per_minute}
     * @param unit {@code requests} or {@code tokens}
     * @param window {@code minute}, {@code hour}, {@code day} or {@code month}
     * @param hard the most that is allowed; null when unlimited
     * @param remaining what is left of {@code hard}; null when unlimited
     */
    public record Window(
            String name,
            String unit,
            String window,
            @Nullable Long hard,
            @Nullable Long remaining,
            Instant resetsAt) {}

    public RateLimits {
        windows = List.copyOf(windows);
        warnings = List.copyOf(warnings);
    }

    /** The headers, in a stable order; none when nothing is limited. */
    public Map<String, String> headers(Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String unit : List.of("requests", "tokens")) {
            tightest(unit)
                    .ifPresent(
                            window -> {
                                headers.put("x-ratelimit-limit-" + unit, text(window.hard()));
                                headers.put(
                                        "x-ratelimit-remaining-" + unit, text(window.remaining()));
                                headers.put("x-ratelimit-reset-" + unit, reset(window, now) + "s");
                            });
        }
        List<Window> limited = windows.stream().filter(window -> window.hard() != null).toList();
        if (!limited.isEmpty()) {
            headers.put(
                    "RateLimit-Policy",
                    limited.stream()
                            .map(w -> "\"" + w.name() + "\";q=" + w.hard() + ";w=" + seconds(w))
                            .collect(Collectors.joining(", ")));
            headers.put(
                    "RateLimit",
                    limited.stream()
                            .map(
                                    w ->
                                            "\""
                                                    + w.name()
                                                    + "\";r="
                                                    + w.remaining()
                                                    + ";t="
                                                    + reset(w, now))
                            .collect(Collectors.joining(", ")));
        }
        if (!warnings.isEmpty()) {
            headers.put("x-parley-warning", String.join(", ", warnings));
        }
        return headers;
    }

    private Optional<Window> tightest(String unit) {
        return windows.stream()
                .filter(window -> window.unit().equals(unit) && window.hard() != null)
                .min(
                        Comparator.comparingLong(
                                window ->
                                        window.remaining() == null
                                                ? Long.MAX_VALUE
                                                : window.remaining()));
    }

    private static String text(@Nullable Long value) {
        return value == null ? "0" : Long.toString(value);
    }

    private static long reset(Window window, Instant now) {
        return Math.max(
                0, Math.ceilDiv(Duration.between(now, window.resetsAt()).toMillis(), 1000L));
    }

    private static long seconds(Window window) {
        return switch (window.window()) {
            case "minute" -> 60;
            case "hour" -> 3_600;
            case "day" -> 86_400;
            default -> 2_592_000;
        };
    }
}
