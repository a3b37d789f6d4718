package dev.parley.local.embedded;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs: those on the class path, unpacked once per user, else the machine's. */
record PostgresBinaries(Path folder) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static PostgresBinaries find() {
        return fromClassPath()
                .filter(PostgresBinaries::work)
                .or(PostgresBinaries::fromSearchPath)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no PostgreSQL for "
                                                + platform()
                                                + ": install one so that `postgres` is on the PATH,"
                                                + " or set PARLEY_POSTGRES_URL to a server of your"
                                                + " own"));
    }

    String program(String name) {
        return folder.resolve(name).toString();
    }

    /** Unicode's case rules without the machine's locales, which differ from place to place. */
    List<String> localeOptions() {
        return hasBuiltinLocale()
                ? List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
                : List.of("--locale=C.UTF-8");
    }

    private boolean hasBuiltinLocale() {
        return Program.run(List.of(program("initdb"), "--help"), PATIENCE)
                .output()
                .contains("--builtin-locale");
    }

    private boolean work() {
        return Program.run(List.of(program("postgres"), "--version"), PATIENCE).succeeded();
    }

    static Optional<PostgresBinaries> fromSearchPath() {
        String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(searchPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry, "postgres"))
                .filter(Files::isExecutable)
                .map(PostgresBinaries::besideWhatItLinksTo)
                .filter(found -> Files.isExecutable(found.folder.resolve("initdb")))
                .filter(PostgresBinaries::work)
                .findFirst();
    }

    private static PostgresBinaries besideWhatItLinksTo(Path postgres) {
        try {
            Path real = postgres.toRealPath();
            return new PostgresBinaries(Optional.ofNullable(real.getParent()).orElse(real));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String hardware = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return (system.contains("mac") ? "darwin" : system)
                + "-"
                + switch (hardware) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> hardware;
                };
    }

    private static Optional<PostgresBinaries> fromClassPath() {
        URL archive =
                PostgresBinaries.class
                        .getClassLoader()
                        .getResource("postgres-" + platform() + ".txz");
        if (archive == null) {
            return Optional.empty();
        }
        try {
            URLConnection connection = archive.openConnection();
            // The length tells one version's archive from another's without reading it.
            Path unpacked =
                    folderOfThisUser()
                            .resolve(
                                    "postgres-"
                                            + platform()
                                            + "-"
                                            + connection.getContentLengthLong());
            try (InputStream content = connection.getInputStream()) {
                if (!Files.isDirectory(unpacked)) {
                    unpack(content, unpacked);
                }
            }
            return Optional.of(new PostgresBinaries(unpacked.resolve("bin")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + archive, e);
        }
    }

    /** A folder that no other user of the machine could have filled before us. */
    private static Path folderOfThisUser() throws IOException {
        String user = System.getProperty("user.name", "");
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "parley-" + user);
        try {
            Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (FileAlreadyExistsException e) {
            if (Files.isSymbolicLink(folder) || !Files.getOwner(folder).getName().equals(user)) {
                throw new IOException(folder + " belongs to someone else", e);
            }
        }
        return folder;
    }

    /** Unpacks beside {@code target} and moves, so that two processes may do it at once. */
    private static void unpack(InputStream content, Path target) throws IOException {
        Path parent = folderOfThisUser();
        Path partial = Files.createTempDirectory(parent, "unpacking-");
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(content)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpack(tar, entry, partial);
            }
        }
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            Folders.delete(partial);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(folder));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            boolean executable = file.startsWith(folder.resolve("bin"));
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
