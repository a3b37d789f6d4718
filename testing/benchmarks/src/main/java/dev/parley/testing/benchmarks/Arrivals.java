package dev.parley.testing.benchmarks;

/**
 * When each call of an open loop is due, in nanoseconds from the start.
 *
 * <p>The times are fixed beforehand, and latency counts from them: a slow answer delays no later
 * call and hides none of the waiting (no coordinated omission).
 */
record Arrivals(int perSecond, long nanoseconds) {
    private static final long SECOND = 1_000_000_000L;

    int count() {
        return Math.toIntExact(Math.ceilDiv(Math.multiplyExact(nanoseconds, perSecond), SECOND));
    }

    long dueAt(int index) {
        return index * SECOND / perSecond;
    }
}
