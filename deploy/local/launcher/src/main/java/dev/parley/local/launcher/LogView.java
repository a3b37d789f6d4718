package dev.parley.local.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shows what the processes of a stack said in its current or last run. */
record LogView(StackFolder folder) {
    private static final String SUFFIX = ".log";

    int print(Command.Logs command, PrintStream out) throws IOException {
        List<String> names = names(command.processes());
        Map<String, Long> shown = new LinkedHashMap<>();
        names.forEach(name -> shown.put(name, 0L));
        show(shown, names.size() > 1, out);
        while (command.follow()) {
            try {
                Thread.sleep(Duration.ofMillis(300));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
            show(shown, names.size() > 1, out);
        }
        return 0;
    }

    private List<String> names(List<String> wanted) throws IOException {
        List<String> there = there();
        if (wanted.isEmpty()) {
            return there;
        }
        List<String> names = new ArrayList<>();
        for (String name : wanted) {
            String full = Service.named(name).map(Service::folder).orElse(name);
            List<String> found =
                    there.stream()
                            .filter(it -> it.equals(full) || it.matches(full + "-[0-9]"))
                            .toList();
            if (found.isEmpty()) {
                throw new StackFailure(
                        "No log of " + name + "; there are " + String.join(", ", there));
            }
            names.addAll(found);
        }
        return names;
    }

    private List<String> there() throws IOException {
        if (!Files.isDirectory(folder.logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.logs())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX) && !name.endsWith(".previous" + SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    private void show(Map<String, Long> shown, boolean named, PrintStream out) throws IOException {
        for (Map.Entry<String, Long> entry : shown.entrySet()) {
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.log(entry.getKey()).toFile(), "r")) {
                // A shorter file than before is the log of a new run.
                long from = entry.getValue() <= file.length() ? entry.getValue() : 0;
                byte[] bytes = new byte[(int) (file.length() - from)];
                file.seek(from);
                file.readFully(bytes);
                entry.setValue(from + bytes.length);
                String prefix = named ? entry.getKey() + " | " : "";
                new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> out.println(prefix + LogLine.readable(line)));
            }
        }
        out.flush();
    }
}
