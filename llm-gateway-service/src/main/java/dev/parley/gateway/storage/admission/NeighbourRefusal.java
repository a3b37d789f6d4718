package dev.parley.gateway.storage.admission;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Another service answered with an error status. */
final class NeighbourRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;
    private final @Nullable Duration retryAfter;

    private NeighbourRefusal(int status, String body, @Nullable Duration retryAfter) {
        super("answered " + status, null, false, false);
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    static NeighbourRefusal of(Response answer) {
        return new NeighbourRefusal(
                answer.getStatus(), answer.readEntity(String.class), retryAfter(answer));
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    private static @Nullable Duration retryAfter(Response answer) {
        Long millis = number(answer.getHeaderString("retry-after-ms"));
        if (millis != null) {
            return Duration.ofMillis(millis);
        }
        Long seconds = number(answer.getHeaderString("Retry-After"));
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static @Nullable Long number(@Nullable String header) {
        try {
            return header == null ? null : Long.valueOf(header.trim());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
