package dev.parley.testing.deployment;

import java.util.List;
import java.util.Set;

/** The variables that a service is given, against those that it reads. */
final class Environment {
    private Environment() {}

    static List<String> problems(ServiceFacts service, Set<String> given) {
        Problems problems = new Problems();
        unread(service, given).forEach(problems::add);
        service.required()
                .forEach(
                        names ->
                                problems.unless(
                                        names.stream().anyMatch(given::contains),
                                        service.name(),
                                        "is not given " + String.join(" or ", names)));
        return problems.found();
    }

    static List<String> unread(ServiceFacts service, Set<String> given) {
        Problems problems = new Problems();
        given.forEach(
                it -> problems.unless(service.reads(it), service.name(), "does not read " + it));
        return problems.found();
    }
}
