package dev.parley.testing.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param provider a simulated provider to measure with its peer alone, without a stack
 * @param profile each Java process of the suite records itself, which costs a little
 * @param measured the measured time of a phase; twice that for turns, which are few
 */
record Options(
        Path stack,
        Optional<URI> provider,
        Path work,
        Path output,
        int rounds,
        Duration measured,
        Duration warmUp,
        Load.Closed saturation,
        Load.Open steady,
        Load.Open turns,
        int tokens,
        boolean portkey,
        boolean profile) {
    static final String USAGE =
            """
            Benchmark [--stack .parley/stack.json | --provider URL] [--rounds 3] [--seconds 2]
                      [--warm-up 300] [--callers 16] [--rate 100] [--turn-rate 20] [--tokens 20]
                      [--work target/benchmarks] [--output <work>/results.json] [--no-portkey]
                      [--profile]""";

    private static final Set<String> NAMES =
            Set.of(
                    "--stack",
                    "--provider",
                    "--work",
                    "--output",
                    "--rounds",
                    "--seconds",
                    "--warm-up",
                    "--callers",
                    "--rate",
                    "--turn-rate",
                    "--tokens");

    static Options parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        boolean portkey = true;
        boolean profile = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--no-portkey")) {
                portkey = false;
            } else if (arguments[i].equals("--profile")) {
                profile = true;
            } else if (!NAMES.contains(arguments[i])) {
                throw new IllegalArgumentException("no such option: " + arguments[i]);
            } else if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("no value: " + arguments[i]);
            } else {
                values.put(arguments[i], arguments[++i]);
            }
        }
        Path work = Path.of(values.getOrDefault("--work", "target/benchmarks"));
        return new Options(
                Path.of(values.getOrDefault("--stack", ".parley/stack.json")),
                Optional.ofNullable(values.get("--provider")).map(URI::create),
                work,
                Optional.ofNullable(values.get("--output"))
                        .map(Path::of)
                        .orElse(work.resolve("results.json")),
                positive(values, "--rounds", 3),
                Duration.ofSeconds(positive(values, "--seconds", 2)),
                Duration.ofSeconds(positive(values, "--warm-up", 300)),
                new Load.Closed(positive(values, "--callers", 16)),
                new Load.Open(positive(values, "--rate", 100)),
                new Load.Open(positive(values, "--turn-rate", 20)),
                positive(values, "--tokens", 20),
                portkey,
                profile);
    }

    private static int positive(Map<String, String> values, String name, int otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(name + ": a whole number above 0");
    }
}
