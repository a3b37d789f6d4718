package dev.parley.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Java program as a child process. */
record JavaCommand(List<String> jvmOptions, List<String> program) {
    private static final List<String> EVERYWHERE =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Xshare:auto",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /** Ctrl-C reaches everything on the terminal; when to stop is for the launcher. */
    private static final String UNMOVED_BY_CTRL_C = "trap '' INT; exec \"$@\"";

    /** Keeps a JVM's classes as it has laid them out: half of the work of a start. */
    record Archive(Path file, boolean mayWrite) {
        List<String> options() {
            if (mayWrite) {
                // Made when the process ends in good order and none that fits is there.
                return List.of(
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + file,
                        "-Xlog:cds*=off");
            }
            return Files.exists(file)
                    ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds*=off")
                    : List.of();
        }
    }

    /** For {@code name}'s JVM on the launcher's class path, if that is one that lasts. */
    static Optional<Archive> archiveBesideTheLauncher(String name) {
        return Optional.of(Path.of(System.getProperty("java.class.path")))
                .filter(it -> it.endsWith("parley-launcher.jar"))
                .map(jar -> new Archive(jar.resolveSibling(name + ".jsa"), true));
    }

    JavaCommand {
        jvmOptions = List.copyOf(jvmOptions);
        program = List.copyOf(program);
    }

    /** A main class of the launcher's own class path. */
    static JavaCommand ofMain(List<String> jvmOptions, String mainClass, String... arguments) {
        List<String> program =
                new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        program.addAll(List.of(arguments));
        return new JavaCommand(jvmOptions, program);
    }

    static JavaCommand ofJar(List<String> jvmOptions, Path jar) {
        return new JavaCommand(jvmOptions, List.of("-jar", jar.toString()));
    }

    JavaCommand with(Archive archive) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(archive.options());
        return new JavaCommand(options, program);
    }

    List<String> words() {
        List<String> words = new ArrayList<>(List.of("sh", "-c", UNMOVED_BY_CTRL_C, "parley"));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(EVERYWHERE);
        words.addAll(jvmOptions);
        words.addAll(program);
        return words;
    }

    Process start(Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
