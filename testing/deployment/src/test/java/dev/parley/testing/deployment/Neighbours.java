package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testing.deployment.NetworkEdges.Edge;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether somebody answers at each address that a pod is given, and lets it in; and whether the
 * origin that clients are told of is the one that the Ingress serves.
 */
final class Neighbours {
    private static final String ISSUER = "PARLEY_ISSUER";

    private final Cluster cluster;
    private final Set<Edge> permitted;
    private final Problems problems = new Problems();

    private Neighbours(Cluster cluster) {
        this.cluster = cluster;
        this.permitted = NetworkEdges.permitted(cluster);
    }

    static List<String> problems(Cluster cluster) {
        Neighbours neighbours = new Neighbours(cluster);
        for (ObjectNode workload : cluster.workloads()) {
            Cluster.containersOf(workload).forEach(it -> neighbours.container(workload, it));
        }
        cluster.all("Ingress").forEach(neighbours::origin);
        return neighbours.problems.found();
    }

    private void container(ObjectNode workload, JsonNode container) {
        List<Address> addresses =
                Yaml.each(container.path("env"))
                        .filter(it -> !it.path("name").asText().equals(ISSUER))
                        .flatMap(it -> cluster.valueOf(it).stream())
                        .flatMap(it -> Address.in(it).stream())
                        .toList();
        Set<Integer> asked =
                addresses.stream()
                        .filter(Address::isHere)
                        .map(Address::port)
                        .collect(Collectors.toSet());
        Set<Integer> listening =
                addresses.stream()
                        .filter(Address::isListening)
                        .map(Address::port)
                        .collect(Collectors.toSet());
        for (Address address : addresses) {
            boolean right;
            if (address.isListening()) {
                right =
                        Cluster.portsOf(workload).contains(address.port())
                                || asked.contains(address.port());
            } else if (address.isHere()) {
                right = listening.contains(address.port());
            } else if (address.isForeign()) {
                right = mayLeave(workload, address.port());
            } else {
                right = answers(workload, address);
            }
            problems.unless(right, Cluster.nameOf(workload), "nobody answers at " + address);
        }
    }

    private boolean mayLeave(ObjectNode workload, int port) {
        return permitted.stream()
                .anyMatch(
                        it ->
                                it.from().equals(nameOf(workload))
                                        && cluster.workload(it.to()).isEmpty()
                                        && it.isTcp(port));
    }

    private boolean answers(ObjectNode workload, Address address) {
        return cluster.find("Service", address.host()).stream()
                .filter(
                        it ->
                                Yaml.each(it.at("/spec/ports"))
                                        .anyMatch(
                                                port ->
                                                        port.path("port").asInt()
                                                                == address.port()))
                .flatMap(it -> behind(it).stream())
                .anyMatch(it -> it.equals(workload) || mayReach(workload, it, address.port()));
    }

    private List<ObjectNode> behind(ObjectNode service) {
        ObjectNode selector = Yaml.JSON.createObjectNode();
        selector.set("matchLabels", service.at("/spec/selector"));
        return cluster.selected(selector);
    }

    private boolean mayReach(ObjectNode from, ObjectNode to, int port) {
        return permitted.stream()
                .anyMatch(
                        it ->
                                it.from().equals(nameOf(from))
                                        && it.to().equals(nameOf(to))
                                        && it.isTcp(port));
    }

    private static String nameOf(ObjectNode workload) {
        return Cluster.labels(workload).getOrDefault("app.kubernetes.io/name", "");
    }

    private void origin(ObjectNode ingress) {
        Set<String> issuers =
                cluster.workloads().stream()
                        .flatMap(it -> Cluster.containersOf(it).stream())
                        .flatMap(it -> cluster.given(it, ISSUER).stream())
                        .collect(Collectors.toSet());
        List<String> hosts =
                Yaml.each(ingress.at("/spec/rules")).map(it -> it.path("host").asText()).toList();
        List<String> certified =
                Yaml.each(ingress.at("/spec/tls"))
                        .flatMap(it -> Yaml.each(it.path("hosts")))
                        .map(JsonNode::asText)
                        .toList();
        problems.unless(issuers.size() == 1, "issuer", "is " + issuers);
        for (String issuer : issuers) {
            URI origin = URI.create(issuer);
            boolean secure = issuer.startsWith("https:");
            problems.unless(
                    hosts.equals(List.of(String.valueOf(origin.getHost()))),
                    "Ingress",
                    "serves " + hosts + ", the issuer is " + issuer);
            problems.unless(
                    certified.equals(secure ? hosts : List.of()),
                    "Ingress",
                    "has a certificate for " + certified + ", the issuer is " + issuer);
            problems.unless(
                    Stream.of("http://" + origin.getHost(), "https://" + origin.getHost())
                            .anyMatch(issuer::equals),
                    "issuer",
                    issuer + " is more than an origin");
        }
    }
}
