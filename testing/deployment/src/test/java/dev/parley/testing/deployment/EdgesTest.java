package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testing.deployment.NetworkEdges.Edge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The permitted connections are those that docs/architecture.md draws, and no others. */
class EdgesTest {
    private static final Pattern ARROW =
            Pattern.compile("(?m)^ +([a-z &]+?) (?:-->|-- [^-]+ -->|-\\. [^.]+ \\.->) ([a-z]+)");

    /** What is not drawn, since it carries no turn. */
    private static final Set<String> BESIDES =
            Set.of(
                    "otel-collector -> jaeger:4317",
                    "grafana -> prometheus:9090",
                    "grafana -> jaeger:16686");

    /** By their names in the drawing. */
    private static final Map<String, String> NODES =
            Map.of(
                    "conversation", "conversation-service",
                    "gateway", "llm-gateway-service",
                    "identity", "identity-service",
                    "billing", "usage-billing-service",
                    "moderation", "moderation-service");

    private static Set<String> drawn(String overlay) {
        boolean dev = overlay.equals("dev");
        String postgres = dev ? "postgres:5432" : "10.20.1.0/24:5432";
        String kafka = dev ? "kafka:9092" : "10.20.2.0/24:9092";
        String provider = dev ? "ollama:11434" : "10.20.3.0/24:11434";
        String page = Checkout.read("docs/architecture.md");
        String drawing = page.substring(page.indexOf("```mermaid"), page.indexOf("\n```\n"));
        Set<String> edges = new TreeSet<>(BESIDES);
        for (MatchResult arrow : ARROW.matcher(drawing).results().toList()) {
            String to = arrow.group(2);
            for (String from : arrow.group(1).split(" & ", -1)) {
                if (to.equals("kafka") || from.equals("kafka")) {
                    String client = from.equals("kafka") ? to : from;
                    edges.add(service(client) + " -> " + kafka);
                } else if (to.equals("provider")) {
                    edges.add(service(from) + " -> " + provider);
                } else if (from.equals("edge")) {
                    edges.add(NetworkEdges.CONTROLLER + " -> " + listening(service(to)));
                } else if (!from.equals("client")) {
                    edges.add(service(from) + " -> " + listening(service(to)));
                }
            }
        }
        ManifestsTest.FACTS.forEach(
                (name, facts) -> {
                    edges.add(name + " -> " + postgres);
                    edges.add(name + " -> otel-collector:4318");
                    edges.add("prometheus -> " + name + ":" + facts.managementPort());
                });
        if (dev) {
            edges.add("kafka-topics -> " + kafka);
            edges.add("ollama-model -> " + provider);
            edges.add("ollama -> 0.0.0.0/0 - " + String.join(" - ", PRIVATE) + ":443");
        }
        ManifestsTest.cluster(overlay).workloads().stream()
                .map(it -> Cluster.labels(it).get("app.kubernetes.io/name") + DNS)
                .forEach(it -> edges.addAll(Set.of(it, it + "/UDP")));
        return edges;
    }

    private static final String DNS = " -> kube-system:53";

    /** What is not the internet: RFC 1918, RFC 6598, RFC 3927. */
    private static final List<String> PRIVATE =
            List.of(
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16");

    private static String service(String node) {
        String name = NODES.get(node);
        if (name == null) {
            throw new IllegalArgumentException("the drawing has a new node: " + node);
        }
        return name;
    }

    private static String listening(String service) {
        ServiceFacts facts = ManifestsTest.FACTS.get(service);
        if (facts == null) {
            throw new IllegalArgumentException(service);
        }
        return service + ":" + facts.port();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void onlyWhatIsDrawnIsPermitted(String overlay) {
        Cluster cluster = ManifestsTest.cluster(overlay);
        assertThat(NetworkEdges.problems(cluster)).isEmpty();
        assertThat(permitted(cluster)).isEqualTo(drawn(overlay));
    }

    private static Set<String> permitted(Cluster cluster) {
        return NetworkEdges.permitted(cluster).stream()
                .map(Edge::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDrawingIsUnderstood() {
        assertThat(drawn("dev"))
                .contains(
                        "conversation-service -> llm-gateway-service:8083",
                        "llm-gateway-service -> ollama:11434",
                        "usage-billing-service -> kafka:9092",
                        "ingress-nginx -> moderation-service:8085")
                .doesNotContain("identity-service -> llm-gateway-service:8083");
    }

    @Test
    void findsAnEdgeThatNobodyDrew() {
        Cluster wider =
                ManifestsTest.cluster("dev")
                        .changed(
                                "NetworkPolicy",
                                "identity-service",
                                it ->
                                        ((ArrayNode) it.at("/spec/egress/0/to"))
                                                .addObject()
                                                .putObject("ipBlock")
                                                .put("cidr", "0.0.0.0/0"));
        assertThat(permitted(wider))
                .contains("identity-service -> 0.0.0.0/0:4318")
                .isNotEqualTo(drawn("dev"));
    }

    @Test
    void findsAnEdgeThatIsDrawnAndClosed() {
        Cluster narrower =
                ManifestsTest.cluster("dev")
                        .changed(
                                "NetworkPolicy",
                                "llm-gateway-service",
                                it -> ((ArrayNode) it.at("/spec/ingress/0/from")).remove(1));
        assertThat(permitted(narrower)).isNotEqualTo(drawn("dev"));
    }

    @Test
    void findsAnEdgeThatOnlyOneSideKnows() {
        Cluster oneSided =
                ManifestsTest.cluster("dev")
                        .changed("NetworkPolicy", "moderation-service", it -> open(it, "from", 0));
        assertThat(NetworkEdges.problems(oneSided))
                .anySatisfy(it -> assertThat(it).contains("grafana -> moderation-service"));
    }

    @Test
    void findsThatNothingDeniesTheRest() {
        Cluster open =
                ManifestsTest.cluster("production")
                        .changed(
                                "NetworkPolicy",
                                "default-deny",
                                it ->
                                        ((ObjectNode) it.get("spec"))
                                                .set(
                                                        "policyTypes",
                                                        Yaml.JSON.valueToTree(List.of("Ingress"))));
        assertThat(NetworkEdges.problems(open)).isNotEmpty();
    }

    /** Lets grafana join the peers of one rule. */
    private static void open(ObjectNode policy, String side, int rule) {
        String rules = side.equals("from") ? "ingress" : "egress";
        ArrayNode peers = (ArrayNode) policy.at("/spec/" + rules + "/" + rule + "/" + side);
        peers.addObject()
                .putObject("podSelector")
                .putObject("matchLabels")
                .put("app.kubernetes.io/name", "grafana");
    }

    static Stream<Consumer<ObjectNode>> carelessRules() {
        return Stream.of(
                rule -> rule.remove("ports"),
                rule -> rule.putArray("ports"),
                rule -> rule.remove("from"),
                rule -> rule.putArray("from"),
                rule -> firstPort(rule).remove("port"),
                rule -> firstPort(rule).put("port", "otlp-grpc"),
                rule -> firstPort(rule).put("endPort", 65535));
    }

    private static ObjectNode firstPort(ObjectNode rule) {
        return (ObjectNode) rule.at("/ports/0");
    }

    @ParameterizedTest
    @MethodSource("carelessRules")
    void aRuleThatLetsEverybodyOrManyPortsIsRefused(Consumer<ObjectNode> careless) {
        Cluster wider =
                ManifestsTest.cluster("production")
                        .changed(
                                "NetworkPolicy",
                                "jaeger",
                                it -> careless.accept((ObjectNode) it.at("/spec/ingress/0")));
        assertThatThrownBy(() -> NetworkEdges.permitted(wider))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsAnotherProtocol() {
        Cluster other =
                ManifestsTest.cluster("production")
                        .changed(
                                "NetworkPolicy",
                                "jaeger",
                                it ->
                                        firstPort((ObjectNode) it.at("/spec/ingress/0"))
                                                .put("protocol", "UDP"));
        assertThat(permitted(other)).isNotEqualTo(drawn("production"));
        assertThat(NetworkEdges.problems(other)).isNotEmpty();
    }

    @Test
    void findsANetworkThatIsNoLongerExcepted() {
        Cluster wider =
                ManifestsTest.cluster("dev")
                        .changed(
                                "NetworkPolicy",
                                "ollama",
                                it ->
                                        ((ArrayNode) it.at("/spec/egress/0/to/0/ipBlock/except"))
                                                .remove(0));
        assertThat(permitted(wider)).isNotEqualTo(drawn("dev"));
    }

    /** Rules of a type that is not named are not in force; without types Kubernetes guesses. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Ingress", "Egress", "Ingress,egress"})
    void findsRulesThatAreNotInForce(String types) {
        List<String> named = types.isEmpty() ? List.of() : List.of(types.split(",", -1));
        Cluster other =
                ManifestsTest.cluster("dev")
                        .changed(
                                "NetworkPolicy",
                                "ollama",
                                it ->
                                        ((ObjectNode) it.get("spec"))
                                                .set("policyTypes", Yaml.JSON.valueToTree(named)));
        assertThat(NetworkEdges.problems(other))
                .anySatisfy(it -> assertThat(it).startsWith("NetworkPolicy ollama"));
    }
}
