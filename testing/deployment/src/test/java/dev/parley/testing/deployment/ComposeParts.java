package dev.parley.testing.deployment;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the parts of {@code docker-compose.yml} agree with each other and with the code. */
final class ComposeParts {
    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");

    private final Compose compose;
    private final Problems problems = new Problems();

    private ComposeParts(Compose compose) {
        this.compose = compose;
    }

    static List<String> problems(Compose compose, Map<String, ServiceFacts> facts) {
        ComposeParts parts = new ComposeParts(compose);
        compose.services().forEach(parts::part);
        facts.values().forEach(parts::service);
        parts.volumes();
        parts.secrets();
        Ownership.problems(compose).forEach(parts.problems::add);
        return parts.problems.found();
    }

    private void part(String name, Compose.Part part) {
        part.needs()
                .forEach(
                        (other, condition) -> {
                            Compose.Part needed = compose.services().get(other);
                            problems.unless(needed != null, name, "needs " + other);
                            problems.unless(
                                    CONDITIONS.contains(condition), name, "waits for " + condition);
                            problems.unless(
                                    !condition.equals("service_healthy")
                                            || (needed != null && needed.healthcheck() != null),
                                    name,
                                    other + " never says that it is healthy");
                        });
        neighbours(name, part);
        for (String mount : part.mounts()) {
            String source = mount.substring(0, mount.indexOf(':'));
            if (source.startsWith("./")) {
                problems.unless(
                        Files.isRegularFile(Checkout.path(source)),
                        name,
                        "mounts no file " + source);
                problems.unless(mount.endsWith(":ro"), name, "may write to " + source);
            } else {
                problems.unless(compose.volumes().containsKey(source), name, "no volume " + source);
            }
        }
        problems.unless(
                part.image().lastIndexOf(':') > part.image().lastIndexOf('/')
                        && !part.image().endsWith(":latest"),
                name,
                part.image() + " is whatever is newest");
    }

    private void service(ServiceFacts fact) {
        Compose.Part part = compose.part(fact.name());
        Environment.problems(fact, part.variables().keySet()).forEach(problems::add);
        origin(fact.name(), part.variables().getOrDefault("PARLEY_ISSUER", ""));
        problems.unless(
                Boolean.TRUE.equals(part.readOnly())
                        && List.of("ALL").equals(part.capDrop())
                        && List.of("no-new-privileges:true").equals(part.securityOpt())
                        && List.of("/tmp").equals(part.tmpfs()),
                fact.name(),
                "is not hardened");
        String test = String.join(" ", Objects.requireNonNull(part.healthcheck()).test());
        problems.unless(
                test.contains("/dev/tcp/127.0.0.1/" + fact.managementPort())
                        && test.contains("/q/health/ready"),
                fact.name(),
                "is asked for its health elsewhere");
        Duration patience = Duration.parse("PT" + Objects.requireNonNull(part.stopGracePeriod()));
        problems.unless(
                patience.compareTo(fact.longestDrain()) > 0,
                fact.name(),
                "is killed after " + patience + " and may take " + fact.longestDrain());
        Compose.Build build = Objects.requireNonNull(part.build());
        problems.unless(
                build.context().equals(".")
                        && build.dockerfile()
                                .equals(fact.name() + "/src/main/docker/Dockerfile.jvm")
                        && Files.exists(Checkout.path(build.dockerfile())),
                fact.name(),
                "is built from " + build.dockerfile());
    }

    /** The origin is where clients find the edge. */
    private void origin(String name, String issuer) {
        Pattern published = Pattern.compile("([0-9]+):8080");
        Set<String> origins =
                Objects.requireNonNull(compose.part("edge").ports()).stream()
                        .map(published::matcher)
                        .filter(Matcher::matches)
                        .map(it -> "http://localhost:" + it.group(1))
                        .collect(Collectors.toSet());
        problems.unless(origins.equals(Set.of(issuer)), name, issuer + " is not at " + origins);
    }

    /** Whoever a part is told of listens there. */
    private void neighbours(String name, Compose.Part part) {
        Compose.Healthcheck check = part.healthcheck();
        List<Address> addresses =
                Stream.concat(
                                part.variables().entrySet().stream()
                                        .filter(it -> !it.getKey().equals("PARLEY_ISSUER"))
                                        .map(Map.Entry::getValue),
                                check == null ? Stream.of() : check.test().stream())
                        .flatMap(it -> Address.in(it).stream())
                        .toList();
        Set<Integer> listening =
                addresses.stream()
                        .filter(Address::isListening)
                        .map(Address::port)
                        .collect(Collectors.toSet());
        for (Address address : addresses) {
            boolean own = address.isHere() || (address.host().equals(name) && !listening.isEmpty());
            problems.unless(
                    address.isListening()
                            || (own ? listening.contains(address.port()) : opens(address)),
                    name,
                    "nobody at " + address);
        }
    }

    /** Our own by their code, the others by what they are known for. */
    private boolean opens(Address address) {
        int port =
                switch (address.host()) {
                    case "postgres" -> 5432;
                    case "kafka" -> 9092;
                    case "ollama" -> 11434;
                    case "otel-collector" -> 4318;
                    default ->
                            Checkout.SERVICES.contains(address.host())
                                    ? ServiceFacts.of(address.host()).port()
                                    : -1;
                };
        return compose.services().containsKey(address.host()) && address.port() == port;
    }

    private void volumes() {
        Set<String> mounted =
                compose.services().values().stream()
                        .flatMap(it -> it.mounts().stream())
                        .map(it -> it.substring(0, it.indexOf(':')))
                        .filter(it -> !it.startsWith("."))
                        .collect(Collectors.toCollection(TreeSet::new));
        problems.unless(
                mounted.equals(new TreeSet<>(compose.volumes().keySet())),
                "volumes",
                "are " + compose.volumes().keySet() + ", used are " + mounted);
    }

    /** What has to be given is what {@code deploy/secrets compose} writes. */
    private void secrets() {
        Set<String> made = SecretsTest.made();
        problems.unless(
                made.equals(compose.variables()),
                "deploy/secrets",
                "makes " + made + ", needed are " + compose.variables());
    }
}
