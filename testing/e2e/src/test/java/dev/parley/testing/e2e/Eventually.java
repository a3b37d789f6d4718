package dev.parley.testing.e2e;

import java.time.Duration;

/** Waits for what becomes true by itself. */
final class Eventually {
    private Eventually() {}

    /** Tries until the check passes; when the time is over its failure is the test's. */
    static void eventually(Duration within, Runnable check) {
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
            }
            pause(Duration.ofMillis(100));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
