package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether the five Deployments agree with the code that they run. */
final class ServicePods {
    private static final Map<String, String> PROBES =
            Map.of(
                    "startupProbe", "/q/health/started",
                    "readinessProbe", "/q/health/ready",
                    "livenessProbe", "/q/health/live");

    private static final Pattern ROOT_CERTIFICATE = Pattern.compile("[?&]sslrootcert=([^&]+)");

    private ServicePods() {}

    static List<String> problems(Cluster cluster, Map<String, ServiceFacts> facts) {
        Problems problems = new Problems();
        facts.forEach(
                (name, fact) -> {
                    ObjectNode deployment = cluster.find("Deployment", name).orElseThrow();
                    JsonNode main = Cluster.mainContainer(deployment);
                    problems.unless(
                            ports(main)
                                    .equals(
                                            Map.of(
                                                    "http", fact.port(),
                                                    "management", fact.managementPort())),
                            name,
                            "listens elsewhere");
                    PROBES.forEach((probe, path) -> probe(problems, name, main, probe, path));
                    grace(problems, fact, deployment);
                    migration(problems, name, deployment);
                    environment(
                            problems,
                            fact,
                            Cluster.pod(deployment).path("initContainers").path(0),
                            main);
                    Cluster.containersOf(deployment)
                            .forEach(it -> authority(problems, cluster, deployment, it));
                });
        return problems.found();
    }

    /** A driver that verifies PostgreSQL's certificate is given a file that is mounted. */
    private static void authority(
            Problems problems, Cluster cluster, ObjectNode deployment, JsonNode container) {
        String url = cluster.given(container, "QUARKUS_DATASOURCE_JDBC_URL").orElse("");
        Matcher file = ROOT_CERTIFICATE.matcher(url);
        boolean named = file.find();
        problems.unless(
                named || !url.contains("sslmode=verify-"),
                Cluster.nameOf(deployment),
                "verifies PostgreSQL by nothing: " + url);
        problems.unless(
                !named || mountedFiles(cluster, deployment, container).contains(file.group(1)),
                Cluster.nameOf(deployment),
                container.path("name").asText() + " has no file " + url);
    }

    /** The files of ConfigMaps that {@code container} finds in its folders. */
    private static Set<String> mountedFiles(
            Cluster cluster, ObjectNode deployment, JsonNode container) {
        Set<String> files = new TreeSet<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            Yaml.each(Cluster.pod(deployment).path("volumes"))
                    .filter(it -> it.path("name").equals(mount.path("name")))
                    .flatMap(it -> cluster.configKeys(it.at("/configMap/name").asText()).stream())
                    .forEach(it -> files.add(mount.path("mountPath").asText() + "/" + it));
        }
        return files;
    }

    private static Map<String, Integer> ports(JsonNode container) {
        return Yaml.each(container.path("ports"))
                .collect(
                        Collectors.toMap(
                                it -> it.path("name").asText(),
                                it -> it.path("containerPort").asInt()));
    }

    private static void probe(
            Problems problems, String name, JsonNode container, String probe, String path) {
        JsonNode get = container.path(probe).path("httpGet");
        problems.unless(
                get.path("path").asText().equals(path)
                        && get.path("port").asText().equals("management"),
                name,
                probe + " asks " + get);
    }

    private static void grace(Problems problems, ServiceFacts fact, ObjectNode deployment) {
        JsonNode pod = Cluster.pod(deployment);
        int pause =
                Cluster.mainContainer(deployment).at("/lifecycle/preStop/sleep/seconds").asInt();
        Duration grace =
                Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asInt() - pause);
        problems.unless(pause > 0, fact.name(), "leaves before its proxies know");
        problems.unless(
                grace.compareTo(fact.longestDrain()) > 0,
                fact.name(),
                "has " + grace + " to drain, and may take " + fact.longestDrain());
    }

    private static void migration(Problems problems, String name, ObjectNode deployment) {
        JsonNode init = Cluster.pod(deployment).path("initContainers");
        JsonNode main = Cluster.mainContainer(deployment);
        problems.unless(
                init.size() == 1
                        && init.path(0).path("image").equals(main.path("image"))
                        && value(init.path(0), "QUARKUS_INIT_AND_EXIT").equals("true")
                        && variables(init.path(0)).stream()
                                .noneMatch("QUARKUS_FLYWAY_MIGRATE_AT_START"::equals),
                name,
                "does not migrate before it starts");
        problems.unless(
                value(main, "QUARKUS_FLYWAY_MIGRATE_AT_START").equals("false"),
                name,
                "migrates while others serve");
        problems.unless(
                deployment.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(1) == 0,
                name,
                "goes before another is there");
    }

    /** What migrates is given all that the service does not start without, and looks for nobody. */
    private static void environment(
            Problems problems, ServiceFacts fact, JsonNode init, JsonNode main) {
        Environment.problems(fact, variables(main)).forEach(problems::add);
        Environment.unread(fact, variables(init)).forEach(problems::add);
        for (String needed : fact.indispensable()) {
            problems.unless(
                    variables(init).contains(needed),
                    fact.name(),
                    "cannot migrate without " + needed);
        }
    }

    static Set<String> variables(JsonNode container) {
        return Yaml.each(container.path("env"))
                .map(it -> it.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String value(JsonNode container, String variable) {
        return Yaml.each(container.path("env"))
                .filter(it -> it.path("name").asText().equals(variable))
                .map(it -> it.path("value").asText())
                .findFirst()
                .orElse("");
    }
}
