package dev.parley.testing.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * All that a run showed, and what follows from it.
 *
 * @param idleMillis CPU time of each process in a second without calls
 * @param memoryBefore in KiB, after the warm-up; {@code memoryAfter} after the last phase
 */
record Report(
        Options options,
        List<String> processes,
        List<Result> results,
        Map<String, Double> idleMillis,
        Map<String, Long> memoryBefore,
        Map<String, Long> memoryAfter) {
    Report {
        processes = List.copyOf(processes);
        results = List.copyOf(results);
    }

    /** The phases in the order of their first round. */
    List<Phase> phases() {
        return results.stream().map(Result::phase).distinct().toList();
    }

    List<Phase> phases(Load load) {
        return phases().stream().filter(phase -> phase.load().equals(load)).toList();
    }

    List<Result> of(Phase phase) {
        return results.stream().filter(result -> result.phase().equals(phase)).toList();
    }

    Spread spread(Phase phase, ToDoubleFunction<Observations> figure) {
        return Spread.of(
                of(phase).stream()
                        .map(result -> figure.applyAsDouble(result.observations()))
                        .toList());
    }

    /** Of all rounds together. */
    Histogram latency(Phase phase) {
        Histogram all = Observations.microseconds();
        of(phase).forEach(result -> all.add(result.observations().latency()));
        return all;
    }

    Histogram firstText(Phase phase) {
        Histogram all = Observations.microseconds();
        of(phase).forEach(result -> all.add(result.observations().firstText()));
        return all;
    }

    int errors(Phase phase) {
        return of(phase).stream().mapToInt(result -> result.observations().errors()).sum();
    }

    int errors() {
        return results.stream().mapToInt(result -> result.observations().errors()).sum();
    }

    /** CPU time for one call of {@code phase} in {@code process}, over all rounds. */
    double cpuMillisPerCall(Phase phase, String process) {
        List<Result> rounds = of(phase);
        long calls = rounds.stream().mapToLong(result -> result.observations().calls()).sum();
        long millis =
                rounds.stream()
                        .mapToLong(result -> result.cpuMillis().getOrDefault(process, 0L))
                        .sum();
        return calls == 0 ? 0 : (double) millis / calls;
    }

    /** The same load on the target called {@code name}. */
    Optional<Phase> counterpart(Phase phase, String name) {
        return phases().stream()
                .filter(other -> other.target().name().equals(name))
                .filter(other -> other.stream() == phase.stream())
                .filter(other -> other.load().equals(phase.load()))
                .findFirst();
    }

    /** Round by round, so that both sides of each figure met the same machine. */
    Spread compare(
            Phase phase,
            Phase other,
            ToDoubleFunction<Observations> figure,
            DoubleBinaryOperator comparison) {
        List<Double> values = new ArrayList<>();
        List<Result> mine = of(phase);
        List<Result> theirs = of(other);
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            values.add(
                    comparison.applyAsDouble(
                            figure.applyAsDouble(mine.get(i).observations()),
                            figure.applyAsDouble(theirs.get(i).observations())));
        }
        return Spread.of(values);
    }

    /** How much longer than {@code other} a call takes, in milliseconds. */
    Spread added(Phase phase, Phase other, double percentile) {
        return compare(
                phase,
                other,
                seen -> seen.latency().getValueAtPercentile(percentile) / 1_000.0,
                (mine, theirs) -> mine - theirs);
    }

    /** How many times the answers a second of {@code other}. */
    Spread ratio(Phase phase, Phase other) {
        return compare(
                phase,
                other,
                Observations::answersPerSecond,
                (mine, theirs) -> theirs == 0 ? 0 : mine / theirs);
    }

    /** The share of the CPU time of all that takes part that JIT compilers took. */
    double compilingShare() {
        double all = cpuMillis();
        double compiling = results.stream().mapToLong(Result::compilingMillis).sum();
        return all == 0 ? 0 : compiling / all;
    }

    /** The share of the machine's busy time that processes outside the benchmark took. */
    double othersShare() {
        double others = results.stream().mapToLong(Result::otherCpuMillis).sum();
        double ours = cpuMillis();
        return others + ours == 0 ? 0 : others / (others + ours);
    }

    private double cpuMillis() {
        return results.stream()
                .flatMap(result -> result.cpuMillis().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
