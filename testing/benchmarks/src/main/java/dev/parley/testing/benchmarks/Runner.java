package dev.parley.testing.benchmarks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs phases one after the other, each begun when the one before has no work left behind it. */
final class Runner {
    private static final Duration LEAD_IN = Duration.ofMillis(400);
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    /** Of the CPU time under load: above it, JIT compilers still have a say in what is measured. */
    private static final double COMPILING = 0.05;

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of one core: what pollers and heartbeats use together is under it, work left is above. */
    private static final double QUIET = 0.25;

    private final LoadGenerator generator;
    private final Processes processes;
    private final Options options;

    Runner(LoadGenerator generator, Processes processes, Options options) {
        this.generator = generator;
        this.processes = processes;
        this.options = options;
    }

    /** Walks all paths under load until their code is compiled, or the time is over. */
    void warmUp(Plan plan) throws InterruptedException {
        List<Phase> paths =
                plan.round(0).stream()
                        .filter(phase -> phase.load() instanceof Load.Closed)
                        .toList();
        double compiling = 1;
        for (Duration left = options.warmUp(); left.isPositive() && compiling > COMPILING; ) {
            long compilingBefore = processes.compilingMillis();
            long busyBefore = busy();
            for (Phase phase : paths) {
                Observations seen =
                        generator.run(
                                phase.target(),
                                phase.stream(),
                                phase.load(),
                                Duration.ZERO,
                                WARM_UP);
                System.err.println("warm-up: " + describe(phase) + ": " + summary(seen));
            }
            left = left.minus(WARM_UP.multipliedBy(paths.size()));
            compiling =
                    (double) (processes.compilingMillis() - compilingBefore)
                            / Math.max(1, busy() - busyBefore);
            System.err.printf("  compilers took %.0f %% of the CPU time%n", compiling * 100);
        }
        awaitQuiet();
    }

    /** CPU time that each process uses of a second in which nobody asks for anything. */
    Map<String, Double> idle() throws InterruptedException {
        Map<String, Long> before = processes.cpuMillis();
        Thread.sleep(2_000);
        Map<String, Double> idle = new LinkedHashMap<>();
        difference(before, processes.cpuMillis())
                .forEach((name, millis) -> idle.put(name, millis / 2.0));
        return idle;
    }

    Result run(Phase phase, int round) throws InterruptedException {
        System.err.println("round " + (round + 1) + ": " + describe(phase));
        Duration measured =
                phase.load().equals(options.turns())
                        ? options.measured().multipliedBy(2)
                        : options.measured();
        Map<String, Long> before = processes.cpuMillis();
        long compilingBefore = processes.compilingMillis();
        long machineBefore = processes.machineMillis();
        long start = System.nanoTime();
        Observations seen =
                generator.run(phase.target(), phase.stream(), phase.load(), LEAD_IN, measured);
        long answered = System.nanoTime();
        awaitQuiet();
        long quiet = System.nanoTime();
        Map<String, Long> cpu = difference(before, processes.cpuMillis());
        long ours = cpu.values().stream().mapToLong(Long::longValue).sum();
        long others = Math.max(0, processes.machineMillis() - machineBefore - ours);
        System.err.println("  " + summary(seen));
        return new Result(
                phase,
                round,
                seen,
                cpu,
                processes.compilingMillis() - compilingBefore,
                others,
                (quiet - start) / 1e9,
                (quiet - answered) / 1e9);
    }

    private void awaitQuiet() throws InterruptedException {
        if (!processes.known()) {
            Thread.sleep(500);
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long before = busy();
        long looked = System.nanoTime();
        while (System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
            long now = busy();
            long at = System.nanoTime();
            if ((now - before) * 1e6 < QUIET * (at - looked)) {
                return;
            }
            before = now;
            looked = at;
        }
    }

    private long busy() {
        return processes.cpuMillis().values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new LinkedHashMap<>();
        after.forEach(
                (name, millis) ->
                        difference.put(name, Math.max(0, millis - before.getOrDefault(name, 0L))));
        return difference;
    }

    private static String describe(Phase phase) {
        return phase.target().name() + ", " + phase.answers() + ", " + phase.load().label();
    }

    private static String summary(Observations seen) {
        return "%.0f/s, p50 %.1f ms, p99 %.1f ms%s"
                .formatted(
                        seen.answersPerSecond(),
                        seen.latency().getValueAtPercentile(50) / 1_000.0,
                        seen.latency().getValueAtPercentile(99) / 1_000.0,
                        seen.faults().isEmpty() ? "" : ", faults " + seen.faults());
    }
}
