package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What looks like a checkout with everything built, and is one by links; its stack, its ports and
 * its Maven, which can build nothing, are its own.
 */
final class Checkout {
    private static final Set<String> NOT_LINKED = Set.of(".git", ".parley", "target", "parley");

    /** A terminal's Ctrl-C is heard, also where the test's own JVM was started deaf to it. */
    private static final String HEARING_CTRL_C =
            """
            if env --default-signal=INT true 2>/dev/null
            then exec env --default-signal=INT "$@"; else exec "$@"; fi
            """;

    private final Path root;
    private final StackOptions ports;
    private final Map<String, String> settings = new HashMap<>();
    private int commands;

    Checkout(Path root) throws IOException {
        this.root = root.toRealPath();
        this.ports = StackOptions.forTests(this.root);
        try (Stream<Path> all = Files.list(ports.repository())) {
            for (Path one : all.toList()) {
                String name = ports.repository().relativize(one).toString();
                if (!NOT_LINKED.contains(name)) {
                    Files.createSymbolicLink(this.root.resolve(name), one);
                }
            }
        }
        Files.copy(ports.repository().resolve("parley"), this.root.resolve("parley"));
        Files.createDirectories(this.root.resolve("target"));
        Files.createFile(this.root.resolve("target/built"));
        program("mvn", "echo Apache Maven 3.9.16; exit 1");
    }

    /** One command, as it runs or has run. */
    record Run(Process process, Path output) {
        /** What it has said so far. */
        String said() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until it has ended, and asserts that it ended well. */
        String well() throws InterruptedException {
            assertThat(process.waitFor()).as(said()).isZero();
            return said();
        }

        /** Waits until it has ended, and asserts that it failed. */
        String badly() throws InterruptedException {
            assertThat(process.waitFor()).as(said()).isEqualTo(1);
            return said();
        }
    }

    Path root() {
        return root;
    }

    StackFolder stack() {
        return new StackFolder(root.resolve(".parley"));
    }

    int port() {
        return ports.port();
    }

    /** An environment variable for the commands from now on. */
    void setting(String name, String value) {
        settings.put(name, value);
    }

    /** {@code ./parley up --no-prepare} on ports that nobody has, with {@code more} words. */
    Run up(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("--no-prepare"));
        words.addAll(List.of(more));
        return preparedUp(words.toArray(String[]::new));
    }

    /** The same with what comes before the first start. */
    Run preparedUp(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("up", "--provider", "simulated"));
        words.addAll(List.of("--port", String.valueOf(ports.port())));
        words.addAll(List.of("--base-port", String.valueOf(ports.basePort())));
        words.addAll(List.of(more));
        return parley(words.toArray(String[]::new));
    }

    Run parley(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", HEARING_CTRL_C, "sh", "sh"));
        command.add(root.resolve("parley").toString());
        command.addAll(List.of(words));
        commands++;
        Path output = root.resolve("target/said-" + commands);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(settings);
        builder.environment()
                .compute("PATH", (name, path) -> root.resolve("bin") + File.pathSeparator + path);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Run(process, output);
    }

    /** Someone changes a source after the build. */
    void edit() throws IOException {
        Path source = root.resolve("edited/src/main/Edited.java");
        Files.createDirectories(source.resolveSibling(""));
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    }

    /** The launcher's jar is no jar. */
    void breakLauncher() throws IOException {
        Files.delete(root.resolve("deploy"));
        Path jar = root.resolve("deploy/local/launcher/target/parley-launcher.jar");
        Files.createDirectories(jar.resolveSibling(""));
        Files.createFile(jar);
    }

    /** Puts the program {@code name} first on the path. */
    private void program(String name, String script) throws IOException {
        Path file = root.resolve("bin").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        file.toFile().setExecutable(true);
    }

    /** All processes on this machine that have to do with this checkout. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(it -> it.pid() + " " + it.info().commandLine().orElse(""))
                .filter(it -> it.contains(root.toString()))
                .toList();
    }
}
