package dev.parley.testing.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the process behind a port, as {@code ss -lp} does. */
final class ListeningSockets {
    private static final String LISTEN = "0A";

    private final Path proc;

    ListeningSockets(Path proc) {
        this.proc = proc;
    }

    /** The first process that listens on {@code port}, if there is one that may be looked into. */
    Optional<Long> ownerOf(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String inode : inodes(lines(proc.resolve(table)), port)) {
                sockets.add("socket:[" + inode + "]");
            }
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return Processes.pids(proc).stream()
                .sorted()
                .filter(pid -> holds(pid, sockets))
                .findFirst();
    }

    /** The inodes of the sockets of {@code /proc/net/tcp} that listen on {@code port}. */
    static Set<String> inodes(List<String> lines, int port) {
        String suffix = ":%04X".formatted(port);
        Set<String> inodes = new HashSet<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTEN)) {
                inodes.add(fields[9]);
            }
        }
        return inodes;
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean holds(long pid, Set<String> sockets) {
        List<Path> descriptors = new ArrayList<>();
        try (DirectoryStream<Path> open =
                Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("fd"))) {
            open.forEach(descriptors::add);
        } catch (IOException e) {
            return false;
        }
        for (Path descriptor : descriptors) {
            try {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            } catch (IOException e) {
                // Closed in the meantime.
            }
        }
        return false;
    }
}
