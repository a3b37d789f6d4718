package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether whatever an object of the cluster names is there. */
final class References {
    private final Cluster cluster;
    private final Problems problems = new Problems();
    private final Set<String> usedKeys = new TreeSet<>();

    private References(Cluster cluster) {
        this.cluster = cluster;
    }

    static List<String> problems(Cluster cluster) {
        References references = new References(cluster);
        cluster.workloads().forEach(references::workload);
        cluster.all("Service").forEach(references::service);
        cluster.all("Ingress").forEach(references::ingress);
        cluster.all("HorizontalPodAutoscaler").forEach(references::autoscaler);
        cluster.all("PodDisruptionBudget").forEach(references::budget);
        cluster.all("NetworkPolicy").forEach(references::policy);
        references.everythingIsUsed();
        return references.problems.found();
    }

    private void workload(ObjectNode workload) {
        String where = where(workload);
        Map<String, String> labels = Cluster.labels(workload);
        if (!workload.path("kind").asText().equals("Job")) {
            Map<String, String> selector =
                    Cluster.strings(workload.at("/spec/selector/matchLabels"));
            problems.unless(
                    !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet()),
                    where,
                    "does not select its own pods");
            problems.unless(
                    cluster.selected(workload.at("/spec/selector")).size() == 1,
                    where,
                    "selects the pods of others");
        }
        Yaml.text(workload, "/spec/serviceName")
                .ifPresent(
                        it ->
                                problems.unless(
                                        cluster.find("Service", it).isPresent(),
                                        where,
                                        "no Service " + it));
        JsonNode pod = Cluster.pod(workload);
        Yaml.text(pod, "/serviceAccountName")
                .ifPresent(
                        it ->
                                problems.unless(
                                        cluster.find("ServiceAccount", it).isPresent(),
                                        where,
                                        "no ServiceAccount " + it));
        Yaml.each(pod.path("topologySpreadConstraints"))
                .forEach(
                        it ->
                                problems.unless(
                                        cluster.selected(it.path("labelSelector"))
                                                .equals(List.of(workload)),
                                        where,
                                        "spreads the pods of others"));
        volumes(where, workload, pod);
        Cluster.containersOf(workload).forEach(it -> container(where, it));
    }

    private void volumes(String where, ObjectNode workload, JsonNode pod) {
        Set<String> mounted =
                Cluster.containersOf(workload).stream()
                        .flatMap(it -> Yaml.each(it.path("volumeMounts")))
                        .map(it -> it.path("name").asText())
                        .collect(Collectors.toSet());
        Set<String> offered =
                Stream.concat(
                                Yaml.each(pod.path("volumes")).map(it -> it.path("name").asText()),
                                Yaml.each(workload.at("/spec/volumeClaimTemplates"))
                                        .map(Cluster::nameOf))
                        .collect(Collectors.toSet());
        problems.unless(
                mounted.equals(offered), where, "mounts " + mounted + ", offers " + offered);
        for (JsonNode volume : pod.path("volumes")) {
            JsonNode map = volume.path("configMap");
            if (map.isMissingNode()) {
                problems.unless(volume.has("emptyDir"), where, "cannot check " + volume);
                continue;
            }
            String name = map.path("name").asText();
            Set<String> keys = cluster.configKeys(name);
            problems.unless(!keys.isEmpty(), where, "no ConfigMap " + name);
            List<String> wanted =
                    map.has("items")
                            ? Yaml.each(map.path("items"))
                                    .map(it -> it.path("key").asText())
                                    .toList()
                            : List.copyOf(keys);
            wanted.forEach(it -> key(where, "ConfigMap", name, it, keys));
        }
    }

    private void container(String where, JsonNode container) {
        problems.unless(!container.has("envFrom"), where, "takes variables without their names");
        Set<String> names = new HashSet<>();
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            problems.unless(names.add(name), where, name + " stands twice");
            problems.unless(
                    variable.has("value") != variable.has("valueFrom"), where, name + " is no one");
            JsonNode map = variable.at("/valueFrom/configMapKeyRef");
            if (!map.isMissingNode()) {
                String of = map.path("name").asText();
                key(where, "ConfigMap", of, map.path("key").asText(), cluster.configKeys(of));
            }
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            if (!secret.isMissingNode()) {
                String of = secret.path("name").asText();
                Set<String> keys = cluster.secrets().getOrDefault(of, Set.of());
                key(where, "Secret", of, secret.path("key").asText(), keys);
            }
        }
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            for (String how : List.of("httpGet", "tcpSocket")) {
                JsonNode port = container.path(probe).path(how).path("port");
                problems.unless(
                        port.isMissingNode() || hasPort(container, port.asText()),
                        where,
                        probe + " asks at no port of the container: " + port);
            }
        }
    }

    private void key(String where, String kind, String name, String key, Set<String> keys) {
        usedKeys.add(kind + " " + name + " " + key);
        problems.unless(keys.contains(key), where, kind + " " + name + " has no key " + key);
    }

    private static boolean hasPort(JsonNode container, String name) {
        return Yaml.each(container.path("ports"))
                .anyMatch(it -> it.path("name").asText().equals(name));
    }

    private void service(ObjectNode service) {
        ObjectNode selector = Yaml.JSON.createObjectNode();
        selector.set("matchLabels", service.at("/spec/selector"));
        List<ObjectNode> behind = cluster.selected(selector);
        problems.unless(
                behind.size() == 1, where(service), "has " + behind.size() + " workloads behind");
        for (ObjectNode workload : behind) {
            for (JsonNode port : service.at("/spec/ports")) {
                JsonNode container = Cluster.mainContainer(workload);
                String target = port.path("targetPort").asText();
                problems.unless(hasPort(container, target), where(service), "no port " + target);
                problems.unless(
                        Yaml.each(container.path("ports"))
                                .anyMatch(
                                        it ->
                                                it.path("name").asText().equals(target)
                                                        && it.path("containerPort").asInt()
                                                                == port.path("port").asInt()),
                        where(service),
                        target + " has another number in the container");
            }
        }
    }

    private void ingress(ObjectNode ingress) {
        for (JsonNode rule : ingress.at("/spec/rules")) {
            for (JsonNode path : rule.at("/http/paths")) {
                String name = path.at("/backend/service/name").asText();
                String port = path.at("/backend/service/port/name").asText();
                boolean there =
                        cluster.find("Service", name).stream()
                                .flatMap(it -> Yaml.each(it.at("/spec/ports")))
                                .anyMatch(it -> it.path("name").asText().equals(port));
                problems.unless(
                        there,
                        where(ingress),
                        path.path("path") + " leads to " + name + ":" + port);
            }
        }
    }

    private void autoscaler(ObjectNode autoscaler) {
        String kind = autoscaler.at("/spec/scaleTargetRef/kind").asText();
        String name = autoscaler.at("/spec/scaleTargetRef/name").asText();
        List<ObjectNode> target = cluster.find(kind, name).stream().toList();
        problems.unless(!target.isEmpty(), where(autoscaler), "no " + kind + " " + name);
        for (ObjectNode workload : target) {
            problems.unless(
                    workload.at("/spec/replicas").isMissingNode(),
                    where(autoscaler),
                    "each apply would set the replicas of " + name + " back");
            Cluster.containersOf(workload)
                    .forEach(
                            it ->
                                    problems.unless(
                                            it.at("/resources/requests").has("cpu"),
                                            where(autoscaler),
                                            "a share of no request for the processor"));
        }
    }

    private void budget(ObjectNode budget) {
        problems.unless(
                cluster.selected(budget.at("/spec/selector")).size() == 1,
                where(budget),
                "does not select one workload");
    }

    private void policy(ObjectNode policy) {
        selectsWhatIsThere(policy, policy.at("/spec/podSelector"));
        for (String side : List.of("/spec/ingress", "/spec/egress")) {
            for (JsonNode rule : policy.at(side)) {
                Stream.concat(Yaml.each(rule.path("from")), Yaml.each(rule.path("to")))
                        .filter(peer -> peer.has("podSelector"))
                        .forEach(peer -> selectsWhatIsThere(policy, peer.path("podSelector")));
            }
        }
    }

    private void selectsWhatIsThere(ObjectNode policy, JsonNode selector) {
        problems.unless(
                !cluster.selected(selector).isEmpty(),
                where(policy),
                "selects nothing: " + selector);
        for (JsonNode expression : selector.path("matchExpressions")) {
            for (String value : Yaml.texts(expression.path("values"))) {
                problems.unless(
                        cluster.workload(value).isPresent(),
                        where(policy),
                        "nothing is called " + value);
            }
        }
    }

    private void everythingIsUsed() {
        for (ObjectNode map : cluster.all("ConfigMap")) {
            String name = Cluster.nameOf(map);
            Cluster.keys(map.path("data"))
                    .forEach(
                            key ->
                                    problems.unless(
                                            usedKeys.contains("ConfigMap " + name + " " + key),
                                            where(map),
                                            "nobody uses " + key));
        }
        cluster.secrets()
                .forEach(
                        (name, keys) ->
                                keys.forEach(
                                        key ->
                                                problems.unless(
                                                        usedKeys.contains(
                                                                        "Secret " + name + " "
                                                                                + key)
                                                                || !cluster.overlay().equals("dev"),
                                                        "Secret " + name,
                                                        "nobody uses " + key)));
    }

    private static String where(JsonNode object) {
        return object.path("kind").asText() + " " + Cluster.nameOf(object);
    }
}
