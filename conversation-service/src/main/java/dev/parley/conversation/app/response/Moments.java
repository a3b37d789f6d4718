package dev.parley.conversation.app.response;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times that the database keeps as they are: it counts microseconds. */
final class Moments {
    private Moments() {}

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
