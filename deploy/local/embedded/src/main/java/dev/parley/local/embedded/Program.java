package dev.parley.local.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short-lived program and waits for it. */
final class Program {
    private Program() {}

    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * Runs {@code command} with its output collected; a program that cannot start counts as 127.
     */
    static Outcome run(List<String> command, Duration patience) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Outcome(
                        124, String.join(" ", command) + " took longer than " + patience);
            }
            return new Outcome(process.exitValue(), new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
        }
    }

    static String mustRun(List<String> command, Duration patience) {
        Outcome outcome = run(command, patience);
        if (!outcome.succeeded()) {
            throw new UncheckedIOException(
                    new IOException(String.join(" ", command) + ": " + outcome.output().strip()));
        }
        return outcome.output();
    }
}
