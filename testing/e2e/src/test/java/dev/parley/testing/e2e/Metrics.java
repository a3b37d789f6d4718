package dev.parley.testing.e2e;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process exports, in Prometheus's text format. */
record Metrics(String text) {
    static Metrics of(URI management) {
        return new Metrics(
                new Caller(management, null)
                        .send("GET", "/q/metrics", null, "text/plain")
                        .ok(200)
                        .body());
    }

    /** The sum of all series of this name that have these labels, among others. */
    double sum(String name, Map<String, String> labels) {
        Matcher series = Pattern.compile("(?m)^" + name + "\\{([^}]*)} (\\S+)").matcher(text);
        return series.results()
                .filter(
                        one ->
                                labels.entrySet().stream()
                                        .allMatch(it -> one.group(1).contains(label(it))))
                .mapToDouble(one -> Double.parseDouble(one.group(2)))
                .sum();
    }

    private static String label(Map.Entry<String, String> label) {
        return label.getKey() + "=\"" + label.getValue() + "\"";
    }
}
