package dev.parley.testing.deployment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The maps and directives of the compose edge's nginx. */
final class Nginx {
    private static final Pattern MAP = Pattern.compile("map (\\S+) (\\S+) \\{([^}]*)}");
    private static final Pattern ENTRY = Pattern.compile("(?m)^\\s*(\"[^\"]*\"|\\S+)\\s+(\\S+);$");

    private final String paths;
    private final String main;

    Nginx(String paths, String main) {
        this.paths = paths;
        this.main = main;
    }

    static Nginx read() {
        return new Nginx(
                Checkout.read("deploy/compose/nginx/paths.conf"),
                Checkout.read("deploy/compose/nginx/nginx.conf"));
    }

    /** By pattern, the service. */
    Map<String, String> table() {
        Map<String, String> table = entries("$request_uri", "$service");
        if (!"\"\"".equals(table.remove("default"))) {
            throw new IllegalArgumentException("what no row names is routed");
        }
        return table;
    }

    Map<String, Integer> ports() {
        Map<String, Integer> ports = new TreeMap<>();
        entries("$service", "$port")
                .forEach((name, port) -> ports.put(name, Integer.valueOf(port)));
        return ports;
    }

    private Map<String, String> entries(String from, String to) {
        Matcher map = MAP.matcher(paths);
        while (map.find()) {
            if (map.group(1).equals(from) && map.group(2).equals(to)) {
                Map<String, String> entries = new LinkedHashMap<>();
                Matcher entry = ENTRY.matcher(map.group(3));
                while (entry.find()) {
                    String key = entry.group(1).replaceAll("^\"|\"$", "");
                    if (entries.put(key, entry.group(2)) != null) {
                        throw new IllegalArgumentException(key + " stands twice");
                    }
                }
                return entries;
            }
        }
        throw new IllegalArgumentException("no map from " + from + " to " + to);
    }

    /** The pattern by which nginx knows a row of the path table. */
    static String pattern(String prefix) {
        String quoted = "~^" + prefix.replace(".", "\\.");
        return prefix.endsWith("/") ? quoted + "[^?]" : quoted + "(/|\\?|$)";
    }

    static String exactly(String path) {
        return "~^" + path.replace(".", "\\.") + "(\\?|$)";
    }

    /** Where a request's path leads, as nginx would find it. */
    Optional<String> serviceOf(String uri) {
        List<String> found =
                table().entrySet().stream()
                        .filter(
                                row ->
                                        Pattern.compile(row.getKey().substring(1))
                                                .matcher(uri)
                                                .find())
                        .map(Map.Entry::getValue)
                        .distinct()
                        .toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException(uri + " leads to " + found);
        }
        return climbs(uri) ? Optional.empty() : found.stream().findFirst();
    }

    private boolean climbs(String uri) {
        Matcher patterns = Pattern.compile("\"~\\*([^\"]*)\" 1;").matcher(main);
        boolean climbs = false;
        while (patterns.find()) {
            climbs |=
                    Pattern.compile(patterns.group(1), Pattern.CASE_INSENSITIVE)
                            .matcher(uri)
                            .find();
        }
        return climbs;
    }

    /** The value of a directive that may stand once in {@code location /}. */
    String directive(String name) {
        String location =
                main.substring(main.indexOf("location / {"), main.indexOf("location = /edge/"));
        Matcher value =
                Pattern.compile("(?m)^\\s*" + Pattern.quote(name) + "\\s+(.*);$").matcher(location);
        return value.find() ? value.group(1) : "";
    }
}
