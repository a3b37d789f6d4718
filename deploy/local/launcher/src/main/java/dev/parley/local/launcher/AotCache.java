package dev.parley.local.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a JVM keeps of a program for its next start: classes as they were linked and which methods
 * ran hot (JEP 483, 514, 515). A JVM refuses one that does not fit and is then slower than without,
 * so it is only offered one that was made by such a JVM from these very jars.
 *
 * @param jars folder with all jars of the class path
 */
record AotCache(Path file, Path jars) {
    private static final List<String> SILENT = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    /** Beside the program, as its container image has it. */
    static AotCache of(StackOptions options, Service service) {
        Path program = Launches.jar(options, service);
        return new AotCache(program.resolveSibling("app.aot"), program.resolveSibling(""));
    }

    /** For a JVM on the launcher's class path, if that is one that lasts. */
    static Optional<AotCache> besideTheLauncher(String name) {
        return Optional.of(Path.of(System.getProperty("java.class.path")).toAbsolutePath())
                .filter(it -> it.endsWith("parley-launcher.jar"))
                .map(
                        jar ->
                                new AotCache(
                                        jar.resolveSibling(name + ".aot"),
                                        jar.resolveSibling("lib")));
    }

    /** The options of a JVM that starts from it, if it fits. */
    List<String> use(List<String> jvmOptions) {
        return Files.exists(file) && isSettled(jvmOptions)
                ? with(jvmOptions, "-XX:AOTCache=" + file)
                : jvmOptions;
    }

    /** The options of a JVM that makes it at its end. */
    List<String> make(List<String> jvmOptions) {
        return with(jvmOptions, "-XX:AOTCacheOutput=" + draft());
    }

    /** Whether it has been made, or cannot be, for the jars as they are now. */
    boolean isSettled(List<String> jvmOptions) {
        try {
            return Files.exists(key()) && Files.readString(key()).equals(keyOf(jvmOptions));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it could be kept. */
    boolean canBeMade() {
        return Files.isWritable(file.resolveSibling(""));
    }

    /** Puts what a JVM has made in its place. */
    void settle(List<String> jvmOptions) throws IOException {
        Files.deleteIfExists(key());
        Files.deleteIfExists(file);
        if (Files.exists(draft())) {
            Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.writeString(key(), keyOf(jvmOptions));
    }

    private static List<String> with(List<String> jvmOptions, String option) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(SILENT);
        options.add(option);
        return List.copyOf(options);
    }

    private Path draft() {
        return file.resolveSibling(file.getFileName() + ".draft");
    }

    private Path key() {
        return file.resolveSibling(file.getFileName() + ".key");
    }

    /** The JVM's own criteria: its build, its options, and of each jar the size and the time. */
    private String keyOf(List<String> jvmOptions) throws IOException {
        StringBuilder all = new StringBuilder();
        all.append(System.getProperty("java.vm.vendor"))
                .append(System.getProperty("java.vm.version"))
                .append(JavaCommand.EVERYWHERE)
                .append(jvmOptions);
        try (Stream<Path> files = Files.walk(jars)) {
            for (Path jar : files.filter(it -> it.toString().endsWith(".jar")).sorted().toList()) {
                all.append('\n')
                        .append(jar)
                        .append(' ')
                        .append(Files.size(jar))
                        .append(' ')
                        .append(Files.getLastModifiedTime(jar));
            }
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(all.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
