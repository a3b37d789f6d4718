package dev.parley.testing.deployment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place that a variable names: {@code kafka:9092}, {@code jdbc:postgresql://postgres:5432/a},
 * {@code PLAINTEXT://:9092}.
 *
 * @param host empty where every address of the machine is meant
 */
record Address(String host, int port) {
    private static final Pattern WRITTEN =
            Pattern.compile(
                    "(?:(?:jdbc:)?(?<scheme>[A-Za-z]+)://|[0-9]+@)?"
                            + "(?<host>[A-Za-z0-9.-]*)(?::(?<port>[0-9]+))?(?:/.*)?");

    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0");
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1");

    /** All of a list that commas separate; what is no address is left out. */
    static List<Address> in(String value) {
        return Stream.of(value.split(",", -1)).flatMap(it -> one(it).stream()).toList();
    }

    private static Optional<Address> one(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String port = matcher.group("port");
        return Optional.ofNullable(port == null ? standardPort(matcher.group("scheme")) : port)
                .map(it -> new Address(matcher.group("host"), Integer.parseInt(it)));
    }

    private static @Nullable String standardPort(@Nullable String scheme) {
        return "https".equals(scheme) ? "443" : "http".equals(scheme) ? "80" : null;
    }

    /** Whether it is one to listen at. */
    boolean isListening() {
        return EVERYWHERE.contains(host);
    }

    boolean isHere() {
        return HERE.contains(host);
    }

    /** Whether whoever stands there is none of ours. */
    boolean isForeign() {
        return host.contains(".");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
