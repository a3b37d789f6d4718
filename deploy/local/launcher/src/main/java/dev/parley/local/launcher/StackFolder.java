package dev.parley.local.launcher;

import dev.parley.local.embedded.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All that a stack keeps on the disk, and who may use it. */
record StackFolder(Path path) {
    /**
     * Folders that this process runs a stack in. A system's file locks belong to processes: whoever
     * opens and closes the lock file here would lose the lock that is held here.
     */
    private static final Set<Path> CLAIMED_HERE = ConcurrentHashMap.newKeySet();

    Path description() {
        return path.resolve("stack.json");
    }

    Path demo() {
        return path.resolve("demo.env");
    }

    Path secrets() {
        return path.resolve("secrets.properties");
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path edgeConfiguration() {
        return path.resolve("edge.json");
    }

    /** The process ids of all that would be left if the launcher were killed. */
    Path pids() {
        return path.resolve("pids");
    }

    private Path lock() {
        return path.resolve("launcher.lock");
    }

    private Path launcherPid() {
        return path.resolve("launcher.pid");
    }

    void create() throws IOException {
        Folders.createPrivate(path);
        Folders.createPrivate(logs());
    }

    /** The one right to run a stack here, until it is closed or this process ends. */
    final class Claim implements AutoCloseable {
        private final FileChannel channel;

        private Claim(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(launcherPid());
            channel.close();
            CLAIMED_HERE.remove(path);
        }
    }

    Optional<Claim> claim() throws IOException {
        if (!CLAIMED_HERE.add(path)) {
            return Optional.empty();
        }
        FileChannel channel = openLock();
        if (channel.tryLock() == null) {
            channel.close();
            CLAIMED_HERE.remove(path);
            return Optional.empty();
        }
        Files.writeString(launcherPid(), Long.toString(ProcessHandle.current().pid()));
        return Optional.of(new Claim(channel));
    }

    /** The launcher that holds the claim, if there is one. */
    Optional<ProcessHandle> launcher() throws IOException {
        if (CLAIMED_HERE.contains(path)) {
            return Optional.of(ProcessHandle.current());
        }
        if (!Files.exists(lock())) {
            return Optional.empty();
        }
        try (FileChannel channel = openLock()) {
            if (channel.tryLock() != null) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(Files.readString(launcherPid()).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private FileChannel openLock() throws IOException {
        return FileChannel.open(
                lock(),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    /** Puts the last run's log aside, so that each log tells of one run. */
    void startLog(String process) throws IOException {
        if (Files.exists(log(process))) {
            Files.move(
                    log(process),
                    logs().resolve(process + ".previous.log"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
