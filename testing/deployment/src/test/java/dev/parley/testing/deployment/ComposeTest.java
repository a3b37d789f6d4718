package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docker-compose.yml, against itself, the code and the manifests. */
class ComposeTest {
    private static final Compose COMPOSE = Compose.read();

    @Test
    void itsPartsAgreeWithEachOtherAndWithTheCode() {
        assertThat(ComposeParts.problems(COMPOSE, ManifestsTest.FACTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PARLEY_GATEWAY_URL:|PARLEY_GATEWAY_URI:",
                "PARLEY_GATEWAY_URL: http://llm-gateway-service:8083|PARLEY_GATEWAY_URL:"
                        + " http://gateway:8083",
                "PARLEY_GATEWAY_URL: http://llm-gateway-service:8083|PARLEY_GATEWAY_URL:"
                        + " http://llm-gateway-service:8080",
                "PARLEY_PROVIDER_KIND: ollama|PARLEY_PROVIDER_NAME: ollama",
                "KAFKA_BOOTSTRAP_SERVERS: kafka:9092|KAFKA_BOOTSTRAP_SERVERS: kafka:9093",
                "KAFKA_BOOTSTRAP_SERVERS: kafka:9092|KAFKA_BOOTSTRAP_SERVERS: broker:9092",
                "PLAINTEXT://kafka:9092|PLAINTEXT://kafka:9094",
                "1@localhost:9093|1@localhost:9094",
                "PLAINTEXT://:9092|PLAINTEXT://:9094",
                "\"localhost:9092\"|\"localhost:9094\"",
                "OLLAMA_HOST: http://ollama:11434|OLLAMA_HOST: http://ollama:11435",
                "PARLEY_OTLP_ENDPOINT: http://otel-collector:4318|PARLEY_OTLP_ENDPOINT:"
                        + " http://otel-collector:4317",
                "${PARLEY_ORIGIN:-http://localhost:8080}|${PARLEY_ORIGIN:-http://localhost:8081}",
                "${PARLEY_PORT:-8080}|${PARLEY_PORT:-8088}",
                "postgres:5432/identity|postgres:5432/moderation",
                "QUARKUS_DATASOURCE_USERNAME: gateway|QUARKUS_DATASOURCE_USERNAME: identity",
                "QUARKUS_DATASOURCE_PASSWORD: ${IDENTITY_DATABASE_PASSWORD:?|"
                        + "QUARKUS_DATASOURCE_PASSWORD: ${MODERATION_DATABASE_PASSWORD:?",
                "PARLEY_CLIENT_SECRET: ${GATEWAY_CLIENT_SECRET:?|"
                        + "PARLEY_CLIENT_SECRET: ${IDENTITY_CLIENT_SECRET:?",
                "IDENTITY_DATABASE_PASSWORD: ${IDENTITY_|IDENTITY_DATABASE_PASSWORD: ${MODERATION_",
                "QUARKUS_DATASOURCE_USERNAME: identity|QUARKUS_DATASOURCE_USER: identity",
                "QUARKUS_DATASOURCE_USERNAME: identity|QUARKUS_DATASOURCE_DB_KIND: postgresql",
                "PARLEY_IDENTITY_URL: http://identity-service:8081|PARLEY_IDENTITY: x",
                "./deploy/compose/nginx/paths.conf:|./deploy/compose/nginx/path.conf:",
                "/etc/nginx/paths.conf:ro|/etc/nginx/paths.conf",
                "127.0.0.1/9081|127.0.0.1/8081",
                "stop_grace_period: 50s|stop_grace_period: 5s",
                "- kafka:/var|- kafka2:/var",
                "condition: service_healthy|condition: service_running",
                "postgres:17.11|postgres:latest",
                "${KEY_ENCRYPTION_KEY:?}|${KEY_ENCRYPTION_KEYS:?}",
                "cap_drop:|cap_add:",
                "identity-service/src/main/docker/Dockerfile|identity-service/Dockerfile"
            })
    void findsAMistake(String right, String wrong) {
        String text = Checkout.read("docker-compose.yml");
        assertThat(text).contains(right);
        String changed = text.replaceFirst(Pattern.quote(right), quoted(wrong));
        assertThat(problemsOf(changed)).isNotEmpty();
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    private static Iterable<String> problemsOf(String text) {
        try {
            return ComposeParts.problems(Compose.parse(text), ManifestsTest.FACTS);
        } catch (IllegalArgumentException refused) {
            return List.of(String.valueOf(refused.getMessage()));
        }
    }

    @Test
    void anUnknownMemberIsRefused() {
        String text = Checkout.read("docker-compose.yml");
        assertThatThrownBy(() -> Compose.parse(text.replace("mem_limit:", "memory_limit:")))
                .hasMessageContaining("memory_limit");
    }

    /** An image is the same wherever it is named. */
    @ParameterizedTest
    @CsvSource({"dev,parley", "production,registry.example/parley"})
    void itsImagesAreTheManifests(String overlay, String registry) {
        Map<String, String> composed = new TreeMap<>();
        COMPOSE.services().forEach((name, part) -> composed.put(name, part.image()));
        for (JsonNode workload : ManifestsTest.cluster(overlay).workloads()) {
            String name = Cluster.nameOf(workload);
            for (JsonNode container : Cluster.containersOf(workload)) {
                String image = container.path("image").asText().replace(registry, "parley");
                assertThat(composed).containsEntry(name, image);
            }
        }
    }

    @Test
    void eachServiceHasADatabaseAndARoleThatTheScriptMakes() {
        String script = Checkout.read("deploy/postgres/create-databases");
        Map<String, String> made =
                Pattern.compile("(?m)^create (\\S+) \"\\$(\\S+)\"$")
                        .matcher(script)
                        .results()
                        .collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
        assertThat(made).hasSize(Checkout.SERVICES.size());
        for (String service : Checkout.SERVICES) {
            assertThat(made).containsEntry(Ownership.role(service), Ownership.password(service));
        }
    }

    @Test
    void theTopicsAreThoseOfTheEvents() {
        String script = Checkout.read("deploy/kafka/create-topics");
        MatchResult loop =
                Pattern.compile("for topic in ([a-z ]+); do")
                        .matcher(script)
                        .results()
                        .toList()
                        .get(0);
        TreeSet<String> made =
                Stream.of(loop.group(1).split(" ", -1))
                        .map("parley."::concat)
                        .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> told =
                Pattern.compile("(?m)^\\| `(parley\\.[a-z]+)` \\|")
                        .matcher(Checkout.read("docs/events.md"))
                        .results()
                        .map(it -> it.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(made).isEqualTo(told).hasSize(6);
        assertThat(script).contains("create \"parley.$topic.dlq\"");
    }
}
