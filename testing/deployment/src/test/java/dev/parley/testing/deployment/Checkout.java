package dev.parley.testing.deployment;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout around the working directory. */
final class Checkout {
    static final Path ROOT = around(Path.of("").toAbsolutePath());

    static final List<String> SERVICES =
            List.of(
                    "identity-service",
                    "conversation-service",
                    "llm-gateway-service",
                    "usage-billing-service",
                    "moderation-service");

    private Checkout() {}

    private static Path around(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("parley"))
                    && Files.exists(folder.resolve("docker-compose.yml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(start + " is in no checkout of Parley");
    }

    static Path path(String name) {
        return ROOT.resolve(name);
    }

    static String read(String name) {
        return read(path(name));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files below {@code folder} whose names end in {@code suffix}. */
    static List<Path> files(String folder, String suffix) {
        try (Stream<Path> all = Files.walk(path(folder))) {
            return all.filter(it -> it.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isOnThePath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What a program, started at the root of the checkout, writes to its standard output. */
    static String output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(ROOT.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String written =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
