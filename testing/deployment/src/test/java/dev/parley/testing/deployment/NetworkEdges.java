package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who may open a connection to whom, by all NetworkPolicies of a cluster together. */
final class NetworkEdges {
    private static final String TCP = "TCP";
    private static final List<String> SIDES = List.of("Ingress", "Egress");

    /** The namespace of the ingress controller. */
    static final String CONTROLLER = "ingress-nginx";

    /**
     * A permitted connection.
     *
     * @param from a workload, or the ingress controller's namespace
     * @param to a workload, a network without the parts that are excepted, or a namespace
     */
    record Edge(String from, String to, int port, String protocol) implements Comparable<Edge> {
        boolean isTcp(int asked) {
            return port == asked && protocol.equals(TCP);
        }

        @Override
        public int compareTo(Edge other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return from + " -> " + to + ":" + port + (protocol.equals(TCP) ? "" : "/" + protocol);
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
        cluster.all("NetworkPolicy").forEach(it -> sides(problems, it));
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

    /** Kubernetes guesses what a policy without types is about, and skips rules of another type. */
    private static void sides(Problems problems, ObjectNode policy) {
        List<String> types = types(policy);
        String where = "NetworkPolicy " + Cluster.nameOf(policy);
        problems.unless(!types.isEmpty() && SIDES.containsAll(types), where, "is about " + types);
        for (String side : SIDES) {
            problems.unless(
                    types.contains(side) || policy.at(rules(side)).isMissingNode(),
                    where,
                    "has rules for " + side + " that are not in force");
        }
    }

    private static List<String> types(ObjectNode policy) {
        return Yaml.texts(policy.at("/spec/policyTypes"));
    }

    private static String rules(String side) {
        return "/spec/" + side.toLowerCase(Locale.ROOT);
    }

    private static boolean deniesAll(ObjectNode policy) {
        JsonNode spec = policy.path("spec");
        return spec.path("podSelector").isEmpty()
                && !spec.has("ingress")
                && !spec.has("egress")
                && types(policy).equals(SIDES);
    }

    private boolean isInside(String name) {
        return cluster.workload(name).isPresent();
    }

    private static NetworkEdges read(Cluster cluster) {
        NetworkEdges edges = new NetworkEdges(cluster);
        for (ObjectNode policy : cluster.all("NetworkPolicy")) {
            List<String> subjects = edges.names(policy.at("/spec/podSelector"));
            if (types(policy).contains("Egress")) {
                for (JsonNode rule : policy.at("/spec/egress")) {
                    edges.collect(subjects, rule, "to");
                }
            }
            if (types(policy).contains("Ingress")) {
                for (JsonNode rule : policy.at("/spec/ingress")) {
                    edges.collect(subjects, rule, "from");
                }
            }
        }
        return edges;
    }

    private void collect(List<String> subjects, JsonNode rule, String side) {
        // An empty list is as wide as none.
        if (rule.path(side).isEmpty() || rule.path("ports").isEmpty()) {
            throw new IllegalArgumentException("lets everybody or every port: " + rule);
        }
        for (JsonNode peer : rule.path(side)) {
            for (String other : peers(peer)) {
                for (JsonNode port : rule.path("ports")) {
                    for (String subject : subjects) {
                        if (side.equals("to")) {
                            out.add(edge(subject, other, port));
                        } else {
                            in.add(edge(other, subject, port));
                        }
                    }
                }
            }
        }
    }

    private static Edge edge(String from, String to, JsonNode port) {
        if (port.has("endPort") || !port.path("port").isInt()) {
            throw new IllegalArgumentException("not one port: " + port);
        }
        return new Edge(from, to, port.path("port").asInt(), port.path("protocol").asText(TCP));
    }

    private List<String> peers(JsonNode peer) {
        List<String> peers = new ArrayList<>();
        if (peer.has("podSelector") && !peer.has("namespaceSelector")) {
            peers.addAll(names(peer.path("podSelector")));
        } else if (peer.has("ipBlock")) {
            List<String> network = new ArrayList<>();
            network.add(peer.at("/ipBlock/cidr").asText());
            network.addAll(Yaml.texts(peer.at("/ipBlock/except")));
            peers.add(String.join(" - ", network));
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
