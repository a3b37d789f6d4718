package dev.parley.local.launcher;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
 * @param program class path and main class, as a JVM is told them
 */
record AotCache(Path file, Path jars, List<String> program) {
    AotCache {
        program = List.copyOf(program);
    }

    /** How often it is tried to make one for the same jars. */
    private static final int TRIES = 2;

    private static final List<String> SILENT = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    /** Beside the program, as its container image has it. */
    static AotCache of(StackOptions options, Service service) {
        Path jar = Launches.jar(options, service);
        return new AotCache(
                jar.resolveSibling("app.aot"),
                jar.resolveSibling(""),
                List.of("-jar", jar.toString()));
    }

    /** For a JVM on the launcher's class path, if that is one that lasts. */
    static Optional<AotCache> besideTheLauncher(String name, Class<?> main) {
        String classPath = System.getProperty("java.class.path");
        return Optional.of(Path.of(classPath).toAbsolutePath())
                .filter(it -> it.endsWith("parley-launcher.jar"))
                .map(
                        jar ->
                                new AotCache(
                                        jar.resolveSibling(name + ".aot"),
                                        jar.resolveSibling("lib"),
                                        List.of("-cp", classPath, main.getName())));
    }

    /** The options of a JVM that starts from it, if it fits. */
    List<String> use(List<String> jvmOptions) {
        return isMade(jvmOptions) ? with(jvmOptions, "-XX:AOTCache=" + file) : jvmOptions;
    }

    /** The options of a JVM that makes it at its end. */
    List<String> make(List<String> jvmOptions) {
        return with(jvmOptions, "-XX:AOTCacheOutput=" + draft());
    }

    /** Whether it is there, for the jars as they are now. */
    boolean isMade(List<String> jvmOptions) {
        try {
            return Files.exists(file)
                    && Files.exists(key())
                    && Files.readString(key()).equals(keyOf(jvmOptions));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it is not there and may yet be made, for the jars as they are now. */
    boolean isWorthATry(List<String> jvmOptions) {
        try {
            return !isMade(jvmOptions) && misses(jvmOptions) < TRIES;
        } catch (IOException e) {
            return false;
        }
    }

    private long misses(List<String> jvmOptions) throws IOException {
        String key = keyOf(jvmOptions);
        return Files.exists(missed())
                ? Files.readAllLines(missed()).stream().filter(key::equals).count()
                : 0;
    }

    /** Whether it could be kept. */
    boolean canBeMade() {
        return Files.isWritable(file.resolveSibling(""));
    }

    /** Puts what a JVM has made in its place; false if there is nothing that a JVM takes. */
    boolean settle(List<String> jvmOptions) throws IOException {
        if (!isWhole(jvmOptions)) {
            miss(jvmOptions);
            return false;
        }
        Files.deleteIfExists(key());
        Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(key(), keyOf(jvmOptions));
        Files.deleteIfExists(missed());
        return true;
    }

    /** A JVM that was killed may have left nothing, or half of it. */
    private boolean isWhole(List<String> jvmOptions) throws IOException {
        if (!Files.exists(draft())) {
            return false;
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(with(jvmOptions, "-XX:AOTCache=" + draft()));
        command.addAll(List.of("-XX:AOTMode=on", "--dry-run"));
        command.addAll(program);
        Process look =
                new ProcessBuilder(command)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
        try {
            return look.waitFor() == 0;
        } catch (InterruptedException e) {
            look.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Notes that it was tried to make it, in vain. */
    void miss(List<String> jvmOptions) throws IOException {
        forgetDraft();
        Files.writeString(
                missed(),
                keyOf(jvmOptions) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** What an earlier try may have left is no part of the next. */
    void forgetDraft() throws IOException {
        Files.deleteIfExists(draft());
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

    /** A line for each try that failed. */
    private Path missed() {
        return file.resolveSibling(file.getFileName() + ".missed");
    }

    private Path key() {
        return file.resolveSibling(file.getFileName() + ".key");
    }

    /** The JVM's own criteria: its build, its options, and of each jar the size and the time. */
    private String keyOf(List<String> jvmOptions) throws IOException {
        StringBuilder all = new StringBuilder();
        all.append(System.getProperty("java.vm.vendor"))
                .append(System.getProperty("java.vm.version"))
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
