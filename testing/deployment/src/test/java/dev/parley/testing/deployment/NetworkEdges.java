package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who may open a connection to whom, by all NetworkPolicies of a cluster together. */
final class NetworkEdges {
    /** The namespace of the ingress controller. */
    static final String CONTROLLER = "ingress-nginx";

    /**
     * A permitted connection.
     *
     * @param from a workload, or the ingress controller's namespace
     * @param to a workload, a network, or a namespace
     */
    record Edge(String from, String to, int port) implements Comparable<Edge> {
        @Override
        public int compareTo(Edge other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return from + " -> " + to + ":" + port;
        }
    }

    private final Cluster cluster;
    private final Set<Edge> out = new TreeSet<>();
    private final Set<Edge> in = new TreeSet<>();

    private NetworkEdges(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What is permitted: by both sides where both are pods of the cluster. */
    static Set<Edge> permitted(Cluster cluster) {
        NetworkEdges edges = read(cluster);
        Set<Edge> permitted = new TreeSet<>();
        edges.out.stream()
                .filter(it -> edges.in.contains(it) || !edges.isInside(it.to()))
                .forEach(permitted::add);
        edges.in.stream().filter(it -> it.from().equals(CONTROLLER)).forEach(permitted::add);
        return permitted;
    }

    static List<String> problems(Cluster cluster) {
        NetworkEdges edges = read(cluster);
        Problems problems = new Problems();
        List<ObjectNode> denials =
                cluster.all("NetworkPolicy").stream().filter(NetworkEdges::deniesAll).toList();
        problems.unless(denials.size() == 1, "NetworkPolicy", "no one denies what nobody drew");
        for (Edge edge : edges.out) {
            problems.unless(
                    edges.in.contains(edge) || !edges.isInside(edge.to()),
                    edge.toString(),
                    "is not let in");
            cluster.workload(edge.to())
                    .ifPresent(
                            it ->
                                    problems.unless(
                                            Cluster.portsOf(it).contains(edge.port()),
                                            edge.toString(),
                                            "nobody listens there"));
        }
        for (Edge edge : edges.in) {
            problems.unless(
                    edges.out.contains(edge) || edge.from().equals(CONTROLLER),
                    edge.toString(),
                    "is not let out");
        }
        return problems.found();
    }

    private static boolean deniesAll(ObjectNode policy) {
        JsonNode spec = policy.path("spec");
        return spec.path("podSelector").isEmpty()
                && !spec.has("ingress")
                && !spec.has("egress")
                && Yaml.texts(spec.path("policyTypes")).equals(List.of("Ingress", "Egress"));
    }

    private boolean isInside(String name) {
        return cluster.workload(name).isPresent();
    }

    private static NetworkEdges read(Cluster cluster) {
        NetworkEdges edges = new NetworkEdges(cluster);
        for (ObjectNode policy : cluster.all("NetworkPolicy")) {
            List<String> subjects = edges.names(policy.at("/spec/podSelector"));
            for (JsonNode rule : policy.at("/spec/egress")) {
                edges.collect(subjects, rule, "to");
            }
            for (JsonNode rule : policy.at("/spec/ingress")) {
                edges.collect(subjects, rule, "from");
            }
        }
        return edges;
    }

    private void collect(List<String> subjects, JsonNode rule, String side) {
        if (!rule.has(side) || !rule.has("ports")) {
            throw new IllegalArgumentException("lets everybody or every port: " + rule);
        }
        for (JsonNode peer : rule.path(side)) {
            for (String other : peers(peer)) {
                for (JsonNode port : rule.path("ports")) {
                    int number = port.path("port").asInt();
                    for (String subject : subjects) {
                        if (side.equals("to")) {
                            out.add(new Edge(subject, other, number));
                        } else {
                            in.add(new Edge(other, subject, number));
                        }
                    }
                }
            }
        }
    }

    private List<String> peers(JsonNode peer) {
        List<String> peers = new ArrayList<>();
        if (peer.has("podSelector") && !peer.has("namespaceSelector")) {
            peers.addAll(names(peer.path("podSelector")));
        } else if (peer.has("ipBlock")) {
            peers.add(peer.at("/ipBlock/cidr").asText());
        } else {
            peers.add(onlyLabel(peer.path("namespaceSelector")));
        }
        return peers;
    }

    private static String onlyLabel(JsonNode selector) {
        Set<String> values = Set.copyOf(Cluster.strings(selector.path("matchLabels")).values());
        if (values.size() != 1) {
            throw new IllegalArgumentException("not one namespace: " + selector);
        }
        return values.iterator().next();
    }

    private List<String> names(JsonNode selector) {
        return cluster.selected(selector).stream()
                .map(it -> Cluster.labels(it).get("app.kubernetes.io/name"))
                .collect(Collectors.toList());
    }
}
