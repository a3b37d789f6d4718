package dev.parley.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Ends what the launcher leaves behind when it is killed: a shell that waits for the end of the
 * pipe to it and then kills the processes that a file names.
 */
final class Guard implements AutoCloseable {
    private static final String SCRIPT =
            """
            trap '' INT TERM HUP
            read -r _
            while read -r pid; do kill -9 "$pid" 2>/dev/null; done < "$1"
            rm -f "$1"
            """;

    private final Path pids;
    private @Nullable Process shell;

    Guard(StackFolder folder) {
        this.pids = folder.pids();
    }

    void start() throws IOException {
        write(List.of());
        shell =
                new ProcessBuilder("sh", "-c", SCRIPT, "parley-guard", pids.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    /** From now on these are the processes that must not be left. */
    synchronized void cover(LongStream running) throws IOException {
        write(running.boxed().toList());
    }

    private void write(List<Long> running) throws IOException {
        PrivateFiles.write(
                pids, running.stream().map(pid -> pid + "\n").collect(Collectors.joining()));
    }

    @Override
    public void close() throws IOException {
        write(List.of());
        if (shell != null) {
            shell.destroyForcibly();
        }
        Files.deleteIfExists(pids);
    }

    /** Ends what an earlier launcher and its guard, both killed, have left. */
    static void endLeftovers(StackFolder folder) throws IOException {
        if (!Files.exists(folder.pids())) {
            return;
        }
        for (String line : Files.readAllLines(folder.pids())) {
            ProcessHandle.of(Long.parseLong(line.strip()))
                    .filter(Guard::isOurs)
                    .ifPresent(
                            left -> {
                                left.destroyForcibly();
                                left.onExit().join();
                            });
        }
        Files.deleteIfExists(folder.pids());
    }

    private static boolean isOurs(ProcessHandle process) {
        List<String> arguments =
                Optional.of(process.info())
                        .flatMap(ProcessHandle.Info::arguments)
                        .map(List::of)
                        .orElse(List.of());
        return arguments.stream()
                .anyMatch(
                        it ->
                                it.endsWith("quarkus-app/quarkus-run.jar")
                                        || it.startsWith("dev.parley.local."));
    }
}
