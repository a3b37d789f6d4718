package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One source of dashboards, rules and scrapes, against the services and against both mounts. */
class ObservabilityTest {
    private static final String FOLDER = "deploy/observability/";

    private static JsonNode dashboard() {
        try {
            return Yaml.JSON.readTree(Checkout.read(FOLDER + "grafana/parley.json"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode yaml(String name) {
        return Yaml.document(Checkout.read(FOLDER + name));
    }

    private static List<JsonNode> rules() {
        return Yaml.each(yaml("prometheus/alerts.yaml").path("groups"))
                .flatMap(group -> Yaml.each(group.path("rules")))
                .toList();
    }

    private static Set<String> namedInTheDashboard() {
        Set<String> names = new TreeSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard().path("panels")) {
            String title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            assertThat(panel.path("targets")).as(title).isNotEmpty();
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.at("/datasource/uid").asText()).isEqualTo("prometheus");
                names.addAll(Metrics.namedIn(target.path("expr").asText()));
            }
        }
        assertThat(dashboard().at("/templating/list/0/definition").asText())
                .isEqualTo("label_values(parley_ready, job)");
        return names;
    }

    private static Set<String> namedInTheAlerts() {
        Set<String> names = new TreeSet<>();
        for (JsonNode rule : rules()) {
            names.addAll(Metrics.namedIn(rule.path("expr").asText()));
            assertThat(Yaml.text(rule, "/annotations/summary")).isPresent();
            assertThat(Yaml.text(rule, "/annotations/runbook")).isPresent();
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
        }
        return names;
    }

    @Test
    void theDashboardAndTheAlertsAskForWhatTheServicesExport() {
        Set<String> asked = namedInTheDashboard();
        asked.addAll(namedInTheAlerts());
        assertThat(asked.remove("up")).isTrue();
        assertThat(asked).isEqualTo(Metrics.reliedOn());
        assertThat(asked)
                .filteredOn(it -> it.startsWith("parley_"))
                .isSubsetOf(Metrics.registered());
    }

    @Test
    void thereIsAnAlertForWhatMattersFirst() {
        assertThat(namedInTheAlerts())
                .contains(
                        "up",
                        "parley_ready",
                        "http_server_requests_seconds_count",
                        "parley_outbox_oldest_seconds",
                        "parley_ledger_unsettled_oldest_seconds");
    }

    @Test
    void everyAlertHasATestInWhichItFiresAndOneInWhichItIsSilent() {
        Map<String, Set<Boolean>> tested = new TreeMap<>();
        for (JsonNode test : yaml("prometheus/alerts.test.yaml").path("tests")) {
            for (JsonNode alert : test.path("alert_rule_test")) {
                tested.computeIfAbsent(alert.path("alertname").asText(), it -> new HashSet<>())
                        .add(alert.path("exp_alerts").isEmpty());
            }
        }
        assertThat(tested.keySet())
                .isEqualTo(
                        rules().stream()
                                .map(it -> it.path("alert").asText())
                                .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(tested.values()).allMatch(it -> it.equals(Set.of(true, false)));
    }

    @Test
    void theAlertsPassTheirTests() {
        assumeTrue(Checkout.isOnThePath("promtool"), "promtool is not on the PATH");
        String rules = FOLDER + "prometheus/alerts.yaml";
        assertThat(Checkout.output("promtool", "check", "rules", rules))
                .contains(rules().size() + " rules found");
        Checkout.output("promtool", "test", "rules", FOLDER + "prometheus/alerts.test.yaml");
    }

    @Test
    void theDashboardAsksInPrometheusOwnLanguage(@TempDir Path folder) throws IOException {
        assumeTrue(Checkout.isOnThePath("promtool"), "promtool is not on the PATH");
        List<String> expressions = expressionsOfTheDashboard();
        assertThat(parsed(expressions, folder)).isEqualTo(expressions.size());
        assertThat(expressions).hasSizeGreaterThan(10);
        assertThatThrownBy(() -> parsed(List.of("sum by (job (up)"), folder))
                .hasMessageContaining("check rules");
    }

    /** With values in the places of Grafana's variables. */
    private static List<String> expressionsOfTheDashboard() {
        return Yaml.each(dashboard().path("panels"))
                .flatMap(it -> Yaml.each(it.path("targets")))
                .map(it -> it.path("expr").asText())
                .map(it -> it.replace("$__rate_interval", "5m").replace("$service", ".*"))
                .toList();
    }

    /** How many expressions Prometheus finds in rules that are made of them. */
    private static int parsed(List<String> expressions, Path folder) throws IOException {
        ObjectNode file = Yaml.JSON.createObjectNode();
        ObjectNode group = file.putArray("groups").addObject().put("name", "dashboard");
        for (String expression : expressions) {
            group.withArray("rules")
                    .addObject()
                    .put("record", "dashboard:" + group.path("rules").size())
                    .put("expr", expression);
        }
        String rules = folder.resolve("rules.yaml").toString();
        Files.writeString(Path.of(rules), file.toString());
        Matcher found =
                Pattern.compile("([0-9]+) rules found")
                        .matcher(Checkout.output("promtool", "check", "rules", rules));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum by (job) (rate(a_total{status=~\"5..\"}[5m])) / b > 0.02|a_total b",
                "absent(up{job=\"x\"}) or max without (y) (c) == 0|c up"
            })
    void readsTheNamesInAnExpression(String expression, String names) {
        assertThat(Metrics.namedIn(expression)).containsExactly(names.split(" ", -1));
    }

    @Test
    void findsTheMetricsThatTheCodeRegisters() {
        assertThat(Metrics.registered())
                .contains("parley_outbox_oldest_seconds", "parley_ledger_unsettled_calls")
                .doesNotContain("parley_outbox_oldest");
    }

    @Test
    void prometheusLooksForEveryReplicaOfEveryService() {
        Map<String, Integer> scraped = new TreeMap<>();
        for (JsonNode job : yaml("prometheus/prometheus.yaml").path("scrape_configs")) {
            JsonNode search = job.at("/dns_sd_configs/0");
            assertThat(job.path("metrics_path").asText()).isEqualTo("/q/metrics");
            assertThat(Yaml.texts(search.path("names")))
                    .containsExactly(job.path("job_name").asText() + "-management");
            scraped.put(job.path("job_name").asText(), search.path("port").asInt());
        }
        Map<String, Integer> managed = new TreeMap<>();
        ManifestsTest.FACTS.forEach((name, facts) -> managed.put(name, facts.managementPort()));
        assertThat(scraped).isEqualTo(managed);
        for (String service : Checkout.SERVICES) {
            Map<String, Compose.Network> networks =
                    Objects.requireNonNull(Compose.read().part(service).networks());
            assertThat(networks.values())
                    .anyMatch(it -> it.aliases().contains(service + "-management"));
            for (String overlay : Cluster.OVERLAYS) {
                ObjectNode headless =
                        ManifestsTest.cluster(overlay)
                                .find("Service", service + "-management")
                                .orElseThrow();
                assertThat(headless.at("/spec/clusterIP").asText()).isEqualTo("None");
                assertThat(headless.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
            }
        }
    }

    /** What compose mounts as files, Kubernetes mounts as ConfigMaps, at the same places. */
    @ParameterizedTest
    @ValueSource(strings = {"otel-collector", "prometheus", "grafana"})
    void bothMountTheSameFilesAtTheSamePlaces(String part) {
        Set<String> composed =
                Compose.read().part(part).mounts().stream()
                        .filter(it -> it.startsWith("./" + FOLDER))
                        .map(it -> it.replaceAll(":ro$", "").replace("./" + FOLDER, ""))
                        .map(it -> it.replaceAll("^[^:]*/", "").replaceAll("^([^:]*):", "$1 "))
                        .collect(Collectors.toCollection(TreeSet::new));
        for (String overlay : Cluster.OVERLAYS) {
            assertThat(mounted(ManifestsTest.cluster(overlay), part)).isEqualTo(composed);
        }
        assertThat(composed).isNotEmpty();
    }

    /** {@code file place} of each file of a ConfigMap that {@code part} mounts. */
    private static Set<String> mounted(Cluster cluster, String part) {
        JsonNode pod = Cluster.pod(cluster.workload(part).orElseThrow());
        Map<String, String> places = new TreeMap<>();
        Yaml.each(pod.at("/containers/0/volumeMounts"))
                .forEach(it -> places.put(it.path("name").asText(), it.path("mountPath").asText()));
        Set<String> mounted = new TreeSet<>();
        for (JsonNode volume : pod.path("volumes")) {
            cluster.find("ConfigMap", volume.at("/configMap/name").asText())
                    .ifPresent(
                            map ->
                                    Cluster.keys(map.path("data"))
                                            .forEach(
                                                    file ->
                                                            mounted.add(
                                                                    file
                                                                            + " "
                                                                            + places.get(
                                                                                    volume.path(
                                                                                                    "name")
                                                                                            .asText())
                                                                            + "/"
                                                                            + file)));
        }
        return mounted;
    }

    @Test
    void theFilesNameEachOthersPlacesAndParts() {
        assertThat(yaml("prometheus/prometheus.yaml").path("rule_files").path(0).asText())
                .isEqualTo("/etc/prometheus/alerts.yaml");
        assertThat(Compose.read().part("prometheus").command())
                .contains("--config.file=/etc/prometheus/prometheus.yaml");
        assertThat(yaml("grafana/dashboards.yaml").at("/providers/0/options/path").asText())
                .isEqualTo("/etc/grafana/dashboards");
        List<String> addresses = new ArrayList<>();
        for (JsonNode source : yaml("grafana/datasources.yaml").path("datasources")) {
            addresses.add(source.path("url").asText());
        }
        assertThat(addresses).hasSize(2);
        for (String address : addresses) {
            Address it = Address.in(address).getFirst();
            assertThat(Compose.read().services()).containsKey(it.host());
            assertThat(
                            ManifestsTest.cluster("production")
                                    .find("Service", it.host())
                                    .orElseThrow()
                                    .at("/spec/ports"))
                    .anyMatch(port -> port.path("port").asInt() == it.port());
        }
        JsonNode collector = yaml("otel/collector.yaml");
        assertThat(collector.at("/exporters/otlp~1jaeger/endpoint").asText())
                .isEqualTo("jaeger:4317");
        assertThat(collector.at("/receivers/otlp/protocols/http/endpoint").asText())
                .endsWith(":4318");
        for (JsonNode pipeline : collector.at("/service/pipelines")) {
            for (String kind : List.of("receivers", "processors", "exporters")) {
                assertThat(Cluster.keys(collector.path(kind)))
                        .containsAll(Yaml.texts(pipeline.path(kind)));
            }
        }
    }
}
