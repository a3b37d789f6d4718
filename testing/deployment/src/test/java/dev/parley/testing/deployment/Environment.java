package dev.parley.testing.deployment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that a service is given, against those that it reads. */
final class Environment {
    private static final Pattern ADDRESS = Pattern.compile("http://([a-z-]+):([0-9]+)");

    private Environment() {}

    /** Where a variable says that a neighbour is. */
    record Address(String host, int port) {}

    static List<String> problems(ServiceFacts service, Set<String> given) {
        Problems problems = new Problems();
        given.forEach(
                it -> problems.unless(service.reads(it), service.name(), "does not read " + it));
        service.required()
                .forEach(
                        names ->
                                problems.unless(
                                        names.stream().anyMatch(given::contains),
                                        service.name(),
                                        "is not given " + String.join(" or ", names)));
        return problems.found();
    }

    static Optional<Address> address(String value) {
        Matcher matcher = ADDRESS.matcher(value);
        return matcher.matches()
                ? Optional.of(new Address(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
