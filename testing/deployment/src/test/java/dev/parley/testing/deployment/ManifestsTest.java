package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both overlays, resolved, against the model of Kubernetes, themselves and the code. */
class ManifestsTest {
    static final Map<String, Cluster> CLUSTERS =
            Cluster.OVERLAYS.stream().collect(Collectors.toMap(Function.identity(), Cluster::of));
    static final Map<String, ServiceFacts> FACTS =
            Checkout.SERVICES.stream()
                    .collect(Collectors.toMap(Function.identity(), ServiceFacts::of));
    static final Iterable<Cluster> OVERLAYS = CLUSTERS.values();

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyObjectIsOneThatKubernetesKnows(Cluster cluster) {
        assertThat(cluster.objects()).hasSizeGreaterThan(40).allSatisfy(StrictModel::parse);
        assertThat(cluster.objects())
                .filteredOn(it -> !it.path("kind").asText().equals("Namespace"))
                .allSatisfy(it -> assertThat(it.at("/metadata/namespace").asText()).isNotEmpty());
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void whateverIsNamedIsThere(Cluster cluster) {
        assertThat(References.problems(cluster)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyPodGivesUpWhatItDoesNotNeed(Cluster cluster) {
        assertThat(Hardening.problems(cluster)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theServicesAreRunAsTheirCodeExpects(Cluster cluster) {
        assertThat(ServicePods.problems(cluster, FACTS)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void somebodyAnswersWhereverAPodIsToldToAsk(Cluster cluster) {
        assertThat(Neighbours.problems(cluster)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void eachServiceHasItsOwnDatabaseRoleAndSecrets(Cluster cluster) {
        assertThat(Ownership.problems(cluster)).isEmpty();
    }

    @Test
    void inProductionEachServiceHasReplicasABudgetAndAnAutoscaler() {
        Cluster production = cluster("production");
        for (String service : Checkout.SERVICES) {
            assertThat(production.find("PodDisruptionBudget", service)).isPresent();
            assertThat(
                            production
                                    .find("HorizontalPodAutoscaler", service)
                                    .orElseThrow()
                                    .at("/spec/minReplicas")
                                    .asInt())
                    .isGreaterThanOrEqualTo(2);
        }
        assertThat(production.all("Secret")).isEmpty();
        assertThat(production.workload("postgres")).isEmpty();
    }

    /** One that is there already is applied again whatever the configuration says by then. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aJobHoldsNothingThatChangesWithTheConfiguration(Cluster cluster) {
        Set<String> hashed = Kustomize.hashed(Cluster.folder(cluster.overlay()));
        assertThat(hashed).contains("parley").doesNotContain("kafka");
        for (ObjectNode job : cluster.all("Job")) {
            assertThat(
                            Stream.concat(
                                    Cluster.pod(job).findValues("configMap").stream(),
                                    Cluster.pod(job).findValues("configMapKeyRef").stream()))
                    .noneMatch(it -> hashed.contains(it.path("name").asText()));
            assertThat(job.at("/spec/ttlSecondsAfterFinished").asInt()).isPositive();
        }
    }

    /** The root of a file system may hold what is not theirs, such as lost+found. */
    @ParameterizedTest
    @CsvSource({"kafka,KAFKA_LOG_DIRS", "postgres,PGDATA"})
    void dataStandsBelowTheRootOfItsVolume(String name, String variable) {
        ObjectNode set = cluster("dev").find("StatefulSet", name).orElseThrow();
        String data = ServicePods.value(Cluster.mainContainer(set), variable);
        assertThat(Yaml.each(Cluster.mainContainer(set).path("volumeMounts")))
                .filteredOn(it -> it.path("name").asText().equals("data"))
                .singleElement()
                .satisfies(it -> assertThat(data).startsWith(it.path("mountPath").asText() + "/"));
    }

    /** By service, what it was seen to take and asks for: processor's share and bytes of memory. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void eachServiceAsksForWhatItWasSeenToTake(Cluster cluster) {
        List<MatchResult> rows =
                MEASURED.matcher(Checkout.read("deploy/README.md")).results().toList();
        assertThat(rows).extracting(it -> it.group("service")).hasSameElementsAs(FACTS.keySet());
        for (MatchResult row : rows) {
            ObjectNode deployment = cluster.find("Deployment", row.group("service")).orElseThrow();
            for (JsonNode container : Cluster.containersOf(deployment)) {
                JsonNode asked = container.at("/resources/requests");
                assertThat(asked.path("cpu").asText() + ", " + asked.path("memory").asText())
                        .isEqualTo(row.group("cpu") + ", " + row.group("memory"));
            }
            assertThat(amount(row.group("cpu")))
                    .isGreaterThanOrEqualTo(amount(row.group("seen")))
                    .isGreaterThanOrEqualTo(new BigDecimal(row.group("call")).movePointLeft(1));
            assertThat(amount(row.group("memory")))
                    .isGreaterThan(amount(row.group("resident") + "Mi"));
        }
    }

    private static final Pattern MEASURED =
            Pattern.compile(
                    "(?m)^\\| (?<service>[a-z-]+) \\| (?<call>[0-9.]+) ms \\| [^|]+ \\| (?<seen>[0-9]+m)"
                            + " \\| (?<resident>[0-9]+) MiB \\| (?<cpu>[0-9]+m), (?<memory>[0-9]+Mi) \\|$");

    private static BigDecimal amount(String quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity));
    }

    @Test
    void whatIsMadeBesideTheSecretsIsWrittenDown() {
        Cluster.GIVEN.forEach(
                (name, keys) ->
                        assertThat(Checkout.read("deploy/README.md"))
                                .contains(
                                        "ConfigMap `" + name + "` (`" + String.join("`, `", keys)));
    }

    static Cluster cluster(String overlay) {
        Cluster cluster = CLUSTERS.get(overlay);
        if (cluster == null) {
            throw new IllegalArgumentException(overlay);
        }
        return cluster;
    }

    // The canaries: each change has to be found, and by these words.

    static Stream<Arguments> brokenReferences() {
        return Stream.of(
                canary("Service", "identity-service", "/spec/ports/0", "targetPort", "htp"),
                canary("Service", "identity-service", "/spec/ports/0", "port", 8080),
                canary("Service", "moderation-service", "/spec/selector", NAME, "other"),
                canary("Deployment", "identity-service", ENV + "/0", "name", "PARLEY_ISSUER"),
                canary("Deployment", "identity-service", CONFIG_KEY, "key", "no-such-key"),
                canary("Deployment", "identity-service", CONFIG_KEY, "name", "no-such-map"),
                canary("Deployment", "identity-service", SECRET_KEY, "key", "no-such-key"),
                canary("Deployment", "identity-service", SECRET_KEY, "name", "no-such-secret"),
                canary("Deployment", "identity-service", POD, "serviceAccountName", "nobody"),
                canary("Deployment", "identity-service", MAIN + "/volumeMounts/0", "name", "none"),
                canary("Deployment", "identity-service", PROBE, "port", "admin"),
                canary("Deployment", "identity-service", "/spec/selector/matchLabels", NAME, "x"),
                canary("Deployment", "jaeger", "/spec/selector/matchLabels", NAME, "grafana"),
                canary("Deployment", "identity-service", "/spec", "replicas", 3),
                canary("Ingress", "parley", BACKEND, "name", "identity"),
                canary("Ingress", "parley", BACKEND + "/port", "name", "management"),
                canary(AUTOSCALER, "identity-service", "/spec/scaleTargetRef", "name", "gone"),
                canary(AUTOSCALER, "identity-service", "/spec/scaleTargetRef", "kind", "Job"),
                canary(BUDGET, "identity-service", "/spec/selector/matchLabels", NAME, "gone"),
                canary(POLICY, "jaeger", "/spec/podSelector/matchLabels", NAME, "gone"),
                canary("ConfigMap", "parley", "/data", "left-over", "1"));
    }

    @ParameterizedTest
    @MethodSource("brokenReferences")
    void findsABrokenReference(String kind, String name, Consumer<ObjectNode> change) {
        assertThat(References.problems(cluster("production").changed(kind, name, change)))
                .isNotEmpty();
    }

    static Stream<Arguments> softenedPods() {
        return Stream.of(
                canary("Deployment", "jaeger", POD + "/securityContext", "runAsNonRoot", false),
                canary("Deployment", "jaeger", POD + "/securityContext", "runAsUser", 0),
                canary(
                        "Deployment",
                        "jaeger",
                        POD + "/securityContext/seccompProfile",
                        "type",
                        "x"),
                canary("Deployment", "jaeger", POD, "automountServiceAccountToken", true),
                canary("Deployment", "jaeger", POD, "enableServiceLinks", true),
                canary("Deployment", "jaeger", SECURITY, "allowPrivilegeEscalation", true),
                canary("Deployment", "jaeger", SECURITY, "readOnlyRootFilesystem", false),
                canary("Deployment", "jaeger", SECURITY + "/capabilities", "drop", "NET_RAW"),
                canary("Deployment", "jaeger", MAIN, "image", "jaegertracing/jaeger"),
                canary("Deployment", "jaeger", MAIN, "image", "jaegertracing/jaeger:latest"),
                canary("Deployment", "jaeger", MAIN + "/resources/limits", "memory", "1Mi"),
                canary("Deployment", "jaeger", MAIN + "/resources/requests", "cpu", "0"));
    }

    @ParameterizedTest
    @MethodSource("softenedPods")
    void findsASoftenedPod(String kind, String name, Consumer<ObjectNode> change) {
        assertThat(Hardening.problems(cluster("production").changed(kind, name, change)))
                .isNotEmpty();
    }

    static Stream<Arguments> wrongServices() {
        return Stream.of(
                canary("Deployment", "identity-service", MAIN + "/ports/0", "containerPort", 8080),
                canary("Deployment", "identity-service", PROBE, "path", "/health"),
                canary("Deployment", "identity-service", POD, "terminationGracePeriodSeconds", 12),
                canary("Deployment", "identity-service", POD + "/initContainers/0", "image", "x:1"),
                canary("Deployment", "identity-service", ENV + "/0", "name", "PARLEY_NO_SUCH_KEY"),
                canary("Deployment", "identity-service", ENV + "/0", "name", "QUARKUS_NO_SUCH"),
                canary("Deployment", "identity-service", ENV + "/0", "name", BUILD_TIME),
                canary("Deployment", "identity-service", INIT + "/env/3", "name", "PARLEY_NO_KEY"),
                canary("Deployment", "identity-service", INIT + "/env/3", "name", HIDDEN),
                canary("Deployment", "usage-billing-service", INIT + "/env/3", "name", HIDDEN),
                canary("Deployment", "identity-service", MIGRATES, "value", "true"),
                canary("ConfigMap", "parley", "/data", "identity-database-url", UNVERIFIED),
                canary("ConfigMap", "parley", "/data", "identity-database-url", ELSEWHERE),
                canary("Deployment", "identity-service", AUTHORITY, "mountPath", "/etc/parley"));
    }

    @ParameterizedTest
    @MethodSource("wrongServices")
    void findsAServiceThatItsCodeWouldNotRecognize(
            String kind, String name, Consumer<ObjectNode> change) {
        assertThat(ServicePods.problems(cluster("production").changed(kind, name, change), FACTS))
                .isNotEmpty();
    }

    static Stream<Arguments> wrongAddresses() {
        return Stream.of(
                canary("Deployment", "conversation-service", GATEWAY_URL, "value", "http://a:1"),
                canary(
                        "Deployment",
                        "conversation-service",
                        GATEWAY_URL,
                        "value",
                        "http://llm-gateway-service:8080"),
                // There, but not to be reached from here.
                canary(
                        "Deployment",
                        "conversation-service",
                        GATEWAY_URL,
                        "value",
                        "http://moderation-service:8085"),
                canary("ConfigMap", "parley", "/data", "kafka-bootstrap-servers", "kafka:9093"),
                canary("ConfigMap", "parley", "/data", "kafka-bootstrap-servers", "kafka2:9092"),
                canary(
                        "ConfigMap",
                        "parley",
                        "/data",
                        "kafka-bootstrap-servers",
                        "kafka:9092,kafka.example:9093"),
                canary("ConfigMap", "parley", "/data", "provider-url", "http://ollama:80"),
                canary("ConfigMap", "parley", "/data", "provider-url", "http://ollama"),
                canary(
                        "ConfigMap",
                        "parley",
                        "/data",
                        "moderation-database-url",
                        "jdbc:postgresql://postgresql:5432/moderation"),
                canary("Job", "kafka-topics", ENV + "/0", "value", "kafka:9093"),
                canary("Job", "ollama-model", ENV + "/1", "value", "http://ollama:11435"),
                canary("StatefulSet", "ollama", ENV + "/1", "value", "0.0.0.0:11435"),
                canary("StatefulSet", "kafka", ENV + "/3", "value", "PLAINTEXT://:9094"),
                canary("StatefulSet", "kafka", ENV + "/4", "value", "PLAINTEXT://kafka:9093"),
                canary("StatefulSet", "kafka", ENV + "/4", "value", "PLAINTEXT://broker:9092"),
                canary("StatefulSet", "kafka", ENV + "/6", "value", "1@localhost:9095"),
                canary("ConfigMap", "parley", "/data", "issuer", "http://parley.example"),
                canary("ConfigMap", "parley", "/data", "issuer", "https://parley.localhost"),
                canary("ConfigMap", "parley", "/data", "issuer", "http://parley.localhost/"),
                canary("Ingress", "parley", "/spec/rules/0", "host", "other.localhost"));
    }

    @ParameterizedTest
    @MethodSource("wrongAddresses")
    void findsAnAddressAtWhichNobodyAnswers(String kind, String name, Consumer<ObjectNode> change) {
        assertThat(Neighbours.problems(cluster("dev").changed(kind, name, change))).isNotEmpty();
    }

    static Stream<Arguments> wrongOrigins() {
        return Stream.of(
                canary("ConfigMap", "parley", "/data", "issuer", "http://parley.example"),
                canary("Ingress", "parley", "/spec/tls/0", "hosts", "other.example"),
                canary("Ingress", "parley", "/spec", "tls", "none"),
                canary("Ingress", "parley", "/spec/rules/0", "host", "other.example"));
    }

    @ParameterizedTest
    @MethodSource("wrongOrigins")
    void findsAnOriginThatTheIngressDoesNotServe(
            String kind, String name, Consumer<ObjectNode> change) {
        assertThat(Neighbours.problems(cluster("production").changed(kind, name, change)))
                .isNotEmpty();
    }

    /** Each is a database, a role or a secret that is there, but is another service's. */
    static Stream<Arguments> takenFromOthers() {
        return Stream.of(
                canary("Deployment", "identity-service", CONFIG_KEY, "key", OTHER_DATABASE),
                canary(
                        "Deployment",
                        "identity-service",
                        INIT + "/env/0/valueFrom/configMapKeyRef",
                        "key",
                        OTHER_DATABASE),
                canary("Deployment", "identity-service", ENV + "/1", "value", "moderation"),
                canary("Deployment", "identity-service", INIT + "/env/1", "value", "moderation"),
                canary("Deployment", "identity-service", SECRET_KEY, "name", "moderation-service"),
                canary("Deployment", "identity-service", SECRET_KEY, "key", "client-secret"),
                canary(
                        "Deployment",
                        "moderation-service",
                        ENV + "/7/valueFrom/secretKeyRef",
                        "name",
                        "identity-service"),
                canary(
                        "StatefulSet",
                        "postgres",
                        ENV + "/3/valueFrom/secretKeyRef",
                        "name",
                        "moderation-service"));
    }

    @ParameterizedTest
    @MethodSource("takenFromOthers")
    void findsWhatBelongsToAnotherService(String kind, String name, Consumer<ObjectNode> change) {
        assertThat(Ownership.problems(cluster("dev").changed(kind, name, change))).isNotEmpty();
    }

    @Test
    void findsAFieldThatKubernetesDoesNotKnow() {
        ObjectNode deployment =
                cluster("production").find("Deployment", "jaeger").orElseThrow().deepCopy();
        StrictModel.parse(deployment);
        ((ObjectNode) deployment.at(MAIN)).put("imagePullPolice", "Always");
        assertThatThrownBy(() -> StrictModel.parse(deployment))
                .hasMessageContaining("imagePullPolice");
        ObjectNode typed =
                cluster("production").find("Deployment", "jaeger").orElseThrow().deepCopy();
        ((ObjectNode) typed.at(MAIN + "/ports/0")).put("containerPort", "many");
        assertThatThrownBy(() -> StrictModel.parse(typed)).hasMessageContaining("many");
    }

    private static final String NAME = "app.kubernetes.io/name";
    private static final String POD = "/spec/template/spec";
    private static final String MAIN = POD + "/containers/0";
    private static final String INIT = POD + "/initContainers/0";
    private static final String ENV = MAIN + "/env";
    private static final String CONFIG_KEY = ENV + "/0/valueFrom/configMapKeyRef";
    private static final String SECRET_KEY = ENV + "/2/valueFrom/secretKeyRef";
    private static final String MIGRATES = ENV + "/3";
    private static final String GATEWAY_URL = ENV + "/8";
    private static final String PROBE = MAIN + "/readinessProbe/httpGet";
    private static final String SECURITY = MAIN + "/securityContext";
    private static final String BACKEND = "/spec/rules/0/http/paths/0/backend/service";
    private static final String AUTOSCALER = "HorizontalPodAutoscaler";
    private static final String BUDGET = "PodDisruptionBudget";
    private static final String POLICY = "NetworkPolicy";
    private static final String AUTHORITY = POD + "/initContainers/0/volumeMounts/1";
    private static final String UNVERIFIED = "jdbc:postgresql://a/identity?sslmode=verify-full";
    private static final String ELSEWHERE = UNVERIFIED + "&sslrootcert=/etc/ssl/ca.crt";
    private static final String OTHER_DATABASE = "moderation-database-url";

    /** One that every service reads, and that is not what it needs. */
    private static final String HIDDEN = "PARLEY_OTLP_ENDPOINT";

    private static final String BUILD_TIME = "QUARKUS_DATASOURCE_DB_KIND";

    /** Sets one field of what stands at {@code pointer}. */
    private static Arguments canary(
            String kind, String name, String pointer, String field, Object value) {
        Consumer<ObjectNode> change =
                object -> {
                    ObjectNode parent = (ObjectNode) object.at(pointer);
                    if (parent.get(field) instanceof ArrayNode array) {
                        array.removeAll().add(String.valueOf(value));
                    } else {
                        parent.set(field, Yaml.JSON.valueToTree(value));
                    }
                };
        return Arguments.of(kind, name, change);
    }
}
