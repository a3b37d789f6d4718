package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an overlay makes, and the Secrets that are made beside it. */
record Cluster(String overlay, List<ObjectNode> objects, Map<String, Set<String>> secrets) {
    static final List<String> OVERLAYS = List.of("dev", "production");
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Job");
    private static final String NAME = "app.kubernetes.io/name";

    /** By name, the keys of the ConfigMaps that are made beside the Secrets. */
    static final Map<String, Set<String>> GIVEN = Map.of("postgres-ca", Set.of("ca.crt"));

    static Cluster of(String overlay) {
        List<ObjectNode> objects = Kustomize.build(folder(overlay));
        return new Cluster(overlay, List.copyOf(objects), madeSecrets());
    }

    static Path folder(String overlay) {
        return Checkout.path("deploy/k8s/overlays").resolve(overlay);
    }

    /** By name, the keys of the Secrets that {@code deploy/secrets kubernetes} writes. */
    private static Map<String, Set<String>> madeSecrets() {
        return Yaml.documents(Checkout.output("sh", "deploy/secrets", "kubernetes")).stream()
                .peek(StrictModel::parse)
                .collect(
                        Collectors.toMap(
                                it -> it.at("/metadata/name").asText(),
                                it -> Set.copyOf(keys(it.path("stringData")))));
    }

    @Override
    public String toString() {
        return overlay;
    }

    /** A deep copy that {@code change} was made to, for canaries. */
    Cluster changed(String kind, String name, Consumer<ObjectNode> change) {
        List<ObjectNode> copies = objects.stream().map(ObjectNode::deepCopy).toList();
        Cluster copy = new Cluster(overlay, copies, secrets);
        change.accept(copy.find(kind, name).orElseThrow());
        return copy;
    }

    static List<String> keys(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    List<ObjectNode> all(String kind) {
        return objects.stream().filter(it -> it.path("kind").asText().equals(kind)).toList();
    }

    Optional<ObjectNode> find(String kind, String name) {
        return all(kind).stream().filter(it -> nameOf(it).equals(name)).findFirst();
    }

    /** The keys of a ConfigMap of the overlay, or of one that is made beside it; or none. */
    Set<String> configKeys(String map) {
        return find("ConfigMap", map)
                .map(it -> Set.copyOf(keys(it.path("data"))))
                .orElse(GIVEN.getOrDefault(map, Set.of()));
    }

    /** What a container's variable is set to, itself or by a ConfigMap; a secret is not told. */
    Optional<String> valueOf(JsonNode variable) {
        JsonNode map = variable.at("/valueFrom/configMapKeyRef");
        return map.isMissingNode()
                ? Yaml.text(variable, "/value")
                : find("ConfigMap", map.path("name").asText())
                        .map(it -> it.path("data").path(map.path("key").asText()).asText());
    }

    /** The same, by the variable's name. */
    Optional<String> given(JsonNode container, String variable) {
        return Yaml.each(container.path("env"))
                .filter(it -> it.path("name").asText().equals(variable))
                .flatMap(it -> valueOf(it).stream())
                .findFirst();
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    List<ObjectNode> workloads() {
        return objects.stream().filter(it -> WORKLOADS.contains(it.path("kind").asText())).toList();
    }

    /** The workload whose pods carry {@code name}. */
    Optional<ObjectNode> workload(String name) {
        return workloads().stream()
                .filter(it -> labels(it).getOrDefault(NAME, "").equals(name))
                .findFirst();
    }

    static JsonNode pod(JsonNode workload) {
        return workload.at("/spec/template/spec");
    }

    static Map<String, String> labels(JsonNode workload) {
        return strings(workload.at("/spec/template/metadata/labels"));
    }

    static Map<String, String> strings(JsonNode object) {
        return object.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().asText()));
    }

    /** First those that run before the others. */
    static List<JsonNode> containersOf(JsonNode workload) {
        return Stream.concat(
                        Yaml.each(pod(workload).path("initContainers")),
                        Yaml.each(pod(workload).path("containers")))
                .toList();
    }

    /** The one that stays. */
    static JsonNode mainContainer(JsonNode workload) {
        return pod(workload).path("containers").path(0);
    }

    /** The workloads whose pods a selector of labels takes; an empty one takes all. */
    List<ObjectNode> selected(JsonNode selector) {
        Map<String, String> wanted = strings(selector.path("matchLabels"));
        return workloads().stream()
                .filter(it -> labels(it).entrySet().containsAll(wanted.entrySet()))
                .filter(
                        it ->
                                Yaml.each(selector.path("matchExpressions"))
                                        .allMatch(one -> holds(one, labels(it))))
                .toList();
    }

    private static boolean holds(JsonNode expression, Map<String, String> labels) {
        if (!expression.path("operator").asText().equals("In")) {
            throw new IllegalArgumentException("unknown operator: " + expression);
        }
        String value = labels.get(expression.path("key").asText());
        return value != null && Yaml.texts(expression.path("values")).contains(value);
    }

    /** The numbers of the ports that a workload's pods open. */
    static Set<Integer> portsOf(JsonNode workload) {
        return Yaml.each(pod(workload).path("containers"))
                .flatMap(it -> Yaml.each(it.path("ports")))
                .map(it -> it.path("containerPort").asInt())
                .collect(Collectors.toSet());
    }
}
