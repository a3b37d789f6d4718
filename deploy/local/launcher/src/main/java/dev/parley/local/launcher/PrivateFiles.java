package dev.parley.local.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Files that their owner alone can read, from their first moment on, and that are never half. */
final class PrivateFiles {
    private PrivateFiles() {}

    static void write(Path file, String text) throws IOException {
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
        Path draft =
                Files.createTempFile(
                        folder,
                        file.getFileName() + "-",
                        ".draft",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
