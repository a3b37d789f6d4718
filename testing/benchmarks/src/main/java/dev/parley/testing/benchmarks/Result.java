package dev.parley.testing.benchmarks;

import java.util.Map;

/**
 * What one round of a phase showed.
 *
 * @param cpuMillis by process, until the suite was quiet again, so with the work behind the answers
 * @param compilingMillis of it, what JIT compilers took
 * @param otherCpuMillis of processes that take no part
 * @param seconds how long the phase was, with its lead-in and until it was quiet
 */
record Result(
        Phase phase,
        int round,
        Observations observations,
        Map<String, Long> cpuMillis,
        long compilingMillis,
        long otherCpuMillis,
        double seconds,
        double quietAfterSeconds) {

    double cpuMillisPerCall(String process) {
        long calls = observations.calls();
        return calls == 0 ? 0 : (double) cpuMillis.getOrDefault(process, 0L) / calls;
    }
}
