package dev.parley.testing.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that expressions of PromQL name, and those that the services export. */
final class Metrics {
    private static final Pattern GAUGE =
            Pattern.compile("Gauge\\s*\\.builder\\(\\s*\"([^\"]+)\"([^;]*);");
    private static final Pattern UNIT = Pattern.compile("baseUnit\\(\"([^\"]+)\"\\)");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> WORDS = Set.of("by", "without", "and", "or", "unless", "on");

    private Metrics() {}

    /** What the end-to-end tests look for in the running services. */
    static Set<String> reliedOn() {
        return new TreeSet<>(Checkout.read("deploy/observability/metrics.txt").lines().toList());
    }

    /** Our own, by the sources that register them. */
    static Set<String> registered() {
        Set<String> names = new TreeSet<>();
        for (String folder : List.of("platform", "usage-billing-service")) {
            for (Path source : Checkout.files(folder, ".java")) {
                for (MatchResult gauge : GAUGE.matcher(Checkout.read(source)).results().toList()) {
                    Matcher unit = UNIT.matcher(gauge.group(2));
                    String name = gauge.group(1).replace('.', '_');
                    names.add(unit.find() ? name + "_" + unit.group(1) : name);
                }
            }
        }
        return names;
    }

    /** Without functions, operators, labels and durations. */
    static Set<String> namedIn(String expression) {
        String bare =
                expression
                        .replaceAll("\"(\\\\.|[^\"])*\"", "")
                        .replaceAll("\\{[^}]*}", "")
                        .replaceAll("\\[[^\\]]*]", "")
                        .replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", "");
        Set<String> names = new TreeSet<>();
        Matcher word = NAME.matcher(bare);
        while (word.find()) {
            boolean function = bare.substring(word.end()).stripLeading().startsWith("(");
            if (!function && !WORDS.contains(word.group())) {
                names.add(word.group());
            }
        }
        return names;
    }
}
