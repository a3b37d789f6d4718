package dev.parley.testing.benchmarks;

/** One target under one load. */
record Phase(Target target, boolean stream, Load load) {
    String answers() {
        return stream ? "stream" : "plain";
    }
}
