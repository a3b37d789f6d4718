package dev.parley.testing.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes that take part, by name: each a process with all that descend from it, unless a
 * descendant has a name of its own.
 */
final class Processes {
    static final Path PROC = Path.of("/proc");

    private final Path proc;
    private final Map<Long, String> roots = new LinkedHashMap<>();

    Processes(Path proc) {
        this.proc = proc;
    }

    /** Whether this system tells about its processes as Linux does. */
    boolean known() {
        return Files.isReadable(proc.resolve("self/stat"));
    }

    /** A process that two names were given to is both of them. */
    void add(String name, long pid) {
        roots.merge(pid, name, (first, second) -> first + " + " + second);
    }

    void add(String name, Optional<Long> pid) {
        pid.ifPresent(found -> add(name, found));
    }

    List<String> names() {
        return roots.values().stream().distinct().toList();
    }

    /** CPU time so far by name, in milliseconds. */
    Map<String, Long> cpuMillis() {
        Map<Long, ProcessStat> all = all();
        Map<String, Long> millis = new LinkedHashMap<>();
        names().forEach(name -> millis.put(name, 0L));
        all.values()
                .forEach(
                        stat ->
                                owner(stat, all)
                                        .ifPresent(
                                                name ->
                                                        millis.merge(
                                                                name,
                                                                (stat.ticks()
                                                                                + stat
                                                                                        .ticksOfReaped())
                                                                        * ProcessStat
                                                                                .MILLIS_PER_TICK,
                                                                Long::sum)));
        return millis;
    }

    /**
     * Memory by name, in KiB: the resident set of a process alone, and of a family the proportional
     * one, which counts what its members share once.
     */
    Map<String, Long> memoryKib() {
        Map<Long, ProcessStat> all = all();
        Map<String, List<Long>> families = new LinkedHashMap<>();
        names().forEach(name -> families.put(name, new ArrayList<>()));
        all.values()
                .forEach(
                        stat ->
                                owner(stat, all)
                                        .ifPresent(
                                                name ->
                                                        families.computeIfAbsent(
                                                                        name,
                                                                        none -> new ArrayList<>())
                                                                .add(stat.pid())));
        Map<String, Long> memory = new LinkedHashMap<>();
        families.forEach(
                (name, pids) -> {
                    String kind = pids.size() == 1 ? "Rss:" : "Pss:";
                    memory.put(name, pids.stream().mapToLong(pid -> kib(pid, kind)).sum());
                });
        return memory;
    }

    /** CPU time so far of the JIT compilers of HotSpot in all the processes, in milliseconds. */
    long compilingMillis() {
        Map<Long, ProcessStat> all = all();
        long ticks = 0;
        for (ProcessStat stat : all.values()) {
            if (owner(stat, all).isPresent()) {
                Path threads = proc.resolve(Long.toString(stat.pid())).resolve("task");
                ticks +=
                        stats(threads).values().stream()
                                .filter(ProcessStat::isCompiler)
                                .mapToLong(ProcessStat::ticks)
                                .sum();
            }
        }
        return ticks * ProcessStat.MILLIS_PER_TICK;
    }

    /** CPU time that the whole machine was busy so far, in milliseconds. */
    long machineMillis() {
        try {
            return busyTicks(Files.readAllLines(proc.resolve("stat")).getFirst())
                    * ProcessStat.MILLIS_PER_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    /** From the first line of {@code /proc/stat}: all but idle, waiting for input, and guests. */
    static long busyTicks(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        long busy = 0;
        for (int i = 1; i < Math.min(fields.length, 9); i++) {
            if (i != 4 && i != 5) {
                busy += Long.parseLong(fields[i]);
            }
        }
        return busy;
    }

    static List<Long> pids(Path proc) {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            folders.forEach(folder -> pids.add(Long.valueOf(folder.getFileName().toString())));
        } catch (IOException e) {
            return List.of();
        }
        return pids;
    }

    private Optional<String> owner(ProcessStat stat, Map<Long, ProcessStat> all) {
        for (ProcessStat at = stat; at != null; at = all.get(at.parent())) {
            String name = roots.get(at.pid());
            if (name != null) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private Map<Long, ProcessStat> all() {
        return stats(proc);
    }

    private static Map<Long, ProcessStat> stats(Path folder) {
        Map<Long, ProcessStat> all = new LinkedHashMap<>();
        for (long id : pids(folder)) {
            try {
                all.put(
                        id,
                        ProcessStat.parse(
                                Files.readString(
                                        folder.resolve(Long.toString(id)).resolve("stat"))));
            } catch (IOException e) {
                // It has ended since it was listed.
            }
        }
        return all;
    }

    private long kib(long pid, String kind) {
        try {
            for (String line :
                    Files.readAllLines(proc.resolve(Long.toString(pid)).resolve("smaps_rollup"))) {
                if (line.startsWith(kind)) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            // It has ended, or belongs to somebody else.
        }
        return 0;
    }
}
