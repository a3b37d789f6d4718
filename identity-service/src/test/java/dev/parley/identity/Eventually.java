package dev.parley.identity;

import java.time.Duration;
import java.time.Instant;

/** What has to become true soon. */
final class Eventually {
    private Eventually() {}

    /** The promise for revocations. */
    static void within2Seconds(Runnable assertion) {
        within(Duration.ofSeconds(2), assertion);
    }

    static void within(Duration time, Runnable assertion) {
        Instant end = Instant.now().plus(time);
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (Instant.now().isAfter(end)) {
                    throw notYet;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }
}
