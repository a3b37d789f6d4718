package dev.parley.testing.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Has the Java processes of the suite record themselves, and tells where their CPU time went. */
final class Profiler {
    private static final String RECORDING = "parley-benchmark";
    private static final int ROWS = 12;

    private final Path folder;
    private final Map<String, Long> processes;

    Profiler(Path folder, Map<String, Long> processes) {
        this.folder = folder.toAbsolutePath();
        this.processes = Map.copyOf(processes);
    }

    void start() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (long pid : processes.values()) {
            jcmd(
                    pid,
                    "JFR.start",
                    "name=" + RECORDING,
                    "settings=profile",
                    "jdk.CPUTimeSample#enabled=true");
        }
    }

    /** Ends the recordings and tells about each process in Markdown. */
    String stop() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> process : processes.entrySet()) {
            Path file = folder.resolve(process.getKey().replace(' ', '-') + ".jfr");
            jcmd(process.getValue(), "JFR.dump", "name=" + RECORDING, "filename=" + file);
            jcmd(process.getValue(), "JFR.stop", "name=" + RECORDING);
            if (Files.exists(file)) {
                text.append("\n## Profile: ").append(process.getKey()).append("\n");
                text.append(Samples.of(file).text());
            }
        }
        return text.toString();
    }

    private static void jcmd(long pid, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(pid));
        line.addAll(List.of(command));
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.waitFor(60, TimeUnit.SECONDS);
    }

    /** CPU-time samples of one process, counted in three ways. */
    private record Samples(
            int count,
            Map<String, Integer> byLibrary,
            Map<String, Integer> byOwnMethod,
            Map<String, Integer> byThread) {

        static Samples of(Path file) throws IOException {
            Samples samples = new Samples(0, new HashMap<>(), new HashMap<>(), new HashMap<>());
            int count = 0;
            try (RecordingFile recording = new RecordingFile(file)) {
                while (recording.hasMoreEvents()) {
                    RecordedEvent event = recording.readEvent();
                    if (event.getEventType().getName().equals("jdk.CPUTimeSample")
                            && event.getStackTrace() != null) {
                        samples.add(event);
                        count++;
                    }
                }
            }
            return new Samples(count, samples.byLibrary, samples.byOwnMethod, samples.byThread);
        }

        private void add(RecordedEvent event) {
            List<RecordedFrame> frames = event.getStackTrace().getFrames();
            count(byLibrary, first(frames, name -> !ofTheJdk(name)).map(Samples::library));
            count(byOwnMethod, first(frames, name -> name.startsWith("dev.parley.")));
            String thread =
                    event.getThread("eventThread") == null
                            ? "virtual or unknown"
                            : event.getThread("eventThread").getJavaName();
            count(byThread, Optional.ofNullable(thread).map(name -> name.replaceAll("\\d+", "N")));
        }

        private static void count(Map<String, Integer> counts, Optional<String> what) {
            counts.merge(what.orElse("none"), 1, Integer::sum);
        }

        private static Optional<String> first(
                List<RecordedFrame> frames, Predicate<String> wanted) {
            return frames.stream()
                    .filter(RecordedFrame::isJavaFrame)
                    .map(
                            frame ->
                                    frame.getMethod().getType().getName()
                                            + "."
                                            + frame.getMethod().getName())
                    .filter(wanted)
                    .findFirst();
        }

        private static boolean ofTheJdk(String name) {
            return name.startsWith("java.")
                    || name.startsWith("jdk.")
                    || name.startsWith("sun.")
                    || name.startsWith("com.sun.");
        }

        private static String library(String method) {
            String[] parts = method.split("\\.", -1);
            return String.join(".", List.of(parts).subList(0, Math.min(4, parts.length - 1)));
        }

        String text() {
            return "\n%d samples of CPU time.\n".formatted(count)
                    + table("library nearest to the work", byLibrary)
                    + table("nearest method of Parley's own", byOwnMethod)
                    + table("thread", byThread);
        }

        private String table(String title, Map<String, Integer> counts) {
            StringBuilder text = new StringBuilder("\n| " + title + " | % |\n|---|--:|\n");
            counts.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(ROWS)
                    .forEach(
                            entry ->
                                    text.append(
                                            String.format(
                                                    Locale.ROOT,
                                                    "| %s | %.1f |\n",
                                                    entry.getKey(),
                                                    100.0 * entry.getValue() / count)));
            return text.toString();
        }
    }
}
