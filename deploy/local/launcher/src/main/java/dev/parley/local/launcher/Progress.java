package dev.parley.local.launcher;

import java.io.PrintStream;
import java.time.Duration;

/** Tells whoever waits what happens. */
public interface Progress {
    void say(String line);

    /** Nobody is told. */
    static Progress silent() {
        return line -> {};
    }

    static Progress to(PrintStream out) {
        return line -> {
            out.println(line);
            out.flush();
        };
    }

    static String seconds(Duration duration) {
        return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
    }
}
