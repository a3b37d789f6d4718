package dev.parley.testing.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the processes of a run have said and exported.
 *
 * @param folder the stack's
 */
record Outputs(Stack stack, Path folder, Victims victims) {
    /** What all processes of this run have said, by the name of the log. */
    Map<String, String> logs() {
        Map<String, String> logs = new HashMap<>();
        for (String where : List.of("logs", "kafka", "postgres")) {
            if (Files.isDirectory(folder.resolve(where))) {
                logs.putAll(logsIn(folder.resolve(where)));
            }
        }
        return logs;
    }

    private static Map<String, String> logsIn(Path folder) {
        Map<String, String> logs = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".log")).toList()) {
                logs.put(
                        String.valueOf(file.getFileName()),
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return logs;
    }

    /** The logs of a service's replicas. */
    List<String> logsOf(String service) {
        Map<String, String> logs = logs();
        return IntStream.rangeClosed(1, stack.management(service).size())
                .mapToObj(replica -> service + (replica == 1 ? "" : "-" + replica) + ".log")
                .map(name -> logs.getOrDefault(name, ""))
                .toList();
    }

    /** What all replicas export, and what those exported that were ended. */
    List<String> metrics() {
        List<String> all = new ArrayList<>(victims.lastMetrics());
        for (String service : Stack.SERVICES) {
            stack.management(service).forEach(it -> all.add(Metrics.of(it).text()));
        }
        return all;
    }
}
