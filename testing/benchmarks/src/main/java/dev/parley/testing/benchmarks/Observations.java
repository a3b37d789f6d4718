package dev.parley.testing.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What was seen of the calls of one phase. */
final class Observations {
    private final Duration measured;
    private final Histogram latency = microseconds();
    private final Histogram firstText = microseconds();
    private final Map<String, Integer> faults = new TreeMap<>();
    private long answers;
    private long chunks;
    private long calls;

    Observations(Duration measured) {
        this.measured = measured;
    }

    static Histogram microseconds() {
        return new Histogram(60_000_000L, 3);
    }

    /** A call outside the measured time: it costs CPU, and its faults count. */
    void unmeasured(Optional<String> fault) {
        calls++;
        fault.ifPresent(why -> faults.merge(why, 1, Integer::sum));
    }

    void measured(long latencyNanos, long firstTextNanos, int pieces, Optional<String> fault) {
        unmeasured(fault);
        if (fault.isPresent()) {
            return;
        }
        answers++;
        record(latency, latencyNanos);
        if (pieces > 0) {
            chunks += pieces;
            record(firstText, firstTextNanos);
        }
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos / 1_000, 0, histogram.getHighestTrackableValue()));
    }

    /** From when a call was due (open loop) or sent (closed loop) to the end of its answer. */
    Histogram latency() {
        return latency;
    }

    /** From the same instant to the first text of a stream. */
    Histogram firstText() {
        return firstText;
    }

    long answers() {
        return answers;
    }

    double answersPerSecond() {
        return answers * 1e9 / measured.toNanos();
    }

    double chunksPerStream() {
        return answers == 0 ? 0 : (double) chunks / answers;
    }

    /** Every call of the phase, measured or not, whole or not. */
    long calls() {
        return calls;
    }

    Map<String, Integer> faults() {
        return faults;
    }

    int errors() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }
}
