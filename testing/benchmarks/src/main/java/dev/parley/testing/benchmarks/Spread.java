package dev.parley.testing.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What the rounds agree and disagree on. */
record Spread(double min, double median, double max) {
    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(half)
                        : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(sorted.getFirst(), median, sorted.getLast());
    }

    /** {@code median (min–max)}, with as many decimals as {@code format} says. */
    String text(String format) {
        return String.format(
                Locale.ROOT, format + " (" + format + "–" + format + ")", median, min, max);
    }
}
