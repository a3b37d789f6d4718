package dev.parley.testing.deployment;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a service's code says of itself: its ports, and the variables that it reads.
 *
 * @param settings its properties and those of the platform that it brings along
 * @param keys what its sources and the platform's read
 */
record ServiceFacts(String name, Map<String, String> settings, List<SourceKeys.Key> keys) {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([A-Za-z0-9_.\"-]+)(:?)");
    private static final List<String> OWN_DATABASE =
            List.of(
                    "QUARKUS_DATASOURCE_JDBC_URL",
                    "QUARKUS_DATASOURCE_USERNAME",
                    "QUARKUS_DATASOURCE_PASSWORD");

    static ServiceFacts of(String service) {
        Map<String, String> settings = new TreeMap<>();
        Checkout.files("platform", "main/resources/META-INF/microprofile-config.properties")
                .forEach(file -> load(file, settings));
        load(Checkout.path(service + "/src/main/resources/application.properties"), settings);
        List<Path> sources = new ArrayList<>(Checkout.files(service + "/src/main/java", ".java"));
        Checkout.files("platform", ".java").stream()
                .filter(it -> it.toString().contains("/src/main/java/"))
                .forEach(sources::add);
        return new ServiceFacts(service, settings, SourceKeys.in(sources));
    }

    private static void load(Path file, Map<String, String> settings) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Checkout.read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.stringPropertyNames().stream()
                .filter(it -> !it.startsWith("%"))
                .forEach(it -> settings.put(it, properties.getProperty(it)));
    }

    int port() {
        return Integer.parseInt(settings.getOrDefault("quarkus.http.port", ""));
    }

    int managementPort() {
        return Integer.parseInt(settings.getOrDefault("quarkus.management.port", ""));
    }

    /** Whether the service does anything with {@code variable} when it runs. */
    boolean reads(String variable) {
        if (variable.startsWith("QUARKUS_")) {
            return QuarkusKeys.holds(variable);
        }
        return Stream.of(
                        settings.keySet().stream(),
                        settings.values().stream().flatMap(it -> expressions(it).stream()),
                        keys.stream().map(SourceKeys.Key::name),
                        keys.stream()
                                .flatMap(it -> it.fallback().stream())
                                .flatMap(it -> expressions(it).stream()))
                .flatMap(it -> it)
                .anyMatch(it -> variable(it).equals(variable));
    }

    /**
     * The variables without which the service would not start, or would look for its neighbours on
     * its own machine: of each set, one has to be given.
     */
    Set<Set<String>> required() {
        Set<Set<String>> required = new HashSet<>();
        indispensable().forEach(it -> required.add(Set.of(it)));
        settings.forEach(
                (name, value) -> {
                    if (value.contains("localhost")) {
                        required.add(anyOf(name, value));
                    }
                });
        for (SourceKeys.Key key : keys) {
            key.fallback()
                    .filter(it -> it.contains("localhost") && !settings.containsKey(key.name()))
                    .ifPresent(it -> required.add(anyOf(key.name(), it)));
        }
        return required;
    }

    /** The variables without which the service would not start, wherever its neighbours are. */
    Set<String> indispensable() {
        Set<String> indispensable = new HashSet<>(OWN_DATABASE);
        settings.values().forEach(it -> indispensable.addAll(without(it)));
        keys.stream()
                .filter(it -> it.required() && !settings.containsKey(it.name()))
                .forEach(it -> indispensable.add(variable(it.name())));
        return indispensable;
    }

    private static Set<String> anyOf(String name, String value) {
        Set<String> names = new HashSet<>();
        names.add(variable(name));
        expressions(value).forEach(it -> names.add(variable(it)));
        return names;
    }

    private static List<String> expressions(String value) {
        return EXPRESSION.matcher(value).results().map(it -> it.group(1)).toList();
    }

    /** The variables that {@code value} uses without a default, other properties left aside. */
    private List<String> without(String value) {
        Matcher matcher = EXPRESSION.matcher(value);
        List<String> names = new ArrayList<>();
        while (matcher.find()) {
            String name = matcher.group(1);
            if (matcher.group(2).isEmpty() && name.equals(variable(name))) {
                names.add(name);
            }
        }
        return names;
    }

    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** The longest that the service takes from SIGTERM on. */
    Duration longestDrain() {
        Duration relay = Duration.ofSeconds(5);
        return Stream.of(
                        "quarkus.shutdown.delay",
                        "quarkus.shutdown.timeout",
                        "parley.turns.drain-timeout",
                        "parley.generation.flush-timeout")
                .flatMap(it -> setting(it).stream())
                .map(ServiceFacts::duration)
                .reduce(relay, Duration::plus);
    }

    private Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name))
                .or(
                        () ->
                                keys.stream()
                                        .filter(it -> it.name().equals(name))
                                        .flatMap(it -> it.fallback().stream())
                                        .findFirst());
    }

    private static Duration duration(String text) {
        String number = text.replaceAll("[a-z]+$", "");
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(number))
                : Duration.parse("PT" + text);
    }
}
