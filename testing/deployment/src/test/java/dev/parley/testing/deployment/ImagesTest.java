package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The recipes of the images, against the code and against those who run them. */
class ImagesTest {
    static final List<String> SERVICES = Checkout.SERVICES;

    private static Dockerfile recipe(String service, String kind) {
        return Dockerfile.read(service + "/src/main/docker/Dockerfile." + kind);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void bothKindsAreTheSameToWhoRunsThem(String service) {
        ServiceFacts facts = ManifestsTest.FACTS.getOrDefault(service, ServiceFacts.of(service));
        JsonNode pod =
                Cluster.pod(
                        ManifestsTest.cluster("production")
                                .find("Deployment", service)
                                .orElseThrow());
        String user =
                pod.at("/securityContext/runAsUser").asText()
                        + ":"
                        + pod.at("/securityContext/runAsGroup").asText();
        for (String kind : List.of("jvm", "native")) {
            Dockerfile recipe = recipe(service, kind);
            Dockerfile image = recipe.lastStage();
            assertThat(recipe.all("FROM")).hasSizeGreaterThan(1);
            assertThat(image.only("EXPOSE")).isEqualTo(facts.port() + " " + facts.managementPort());
            assertThat(image.only("USER")).isEqualTo(user).isNotEqualTo("0:0");
            assertThat(image.only("LABEL"))
                    .contains("org.opencontainers.image.title=\"parley/" + service + "\"");
            assertThat(recipe.comments())
                    .contains(
                            "docker build -f "
                                    + service
                                    + "/src/main/docker/Dockerfile."
                                    + kind
                                    + " -t parley/"
                                    + service
                                    + " .");
            assertThat(Compose.read().part(service).image()).startsWith("parley/" + service + ":");
            assertThat(String.join("\n", recipe.all("RUN"))).contains(" -pl " + service + " -am ");
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void whatIsCopiedIsThere(String service) {
        for (String kind : List.of("jvm", "native")) {
            Dockerfile recipe = recipe(service, kind);
            Set<String> stages =
                    recipe.all("FROM").stream()
                            .filter(it -> it.contains(" AS "))
                            .map(it -> it.substring(it.indexOf(" AS ") + 4))
                            .collect(Collectors.toSet());
            for (String copy : recipe.all("COPY")) {
                String[] words = copy.replaceAll("--ch\\S+ ", "").split(" ", -1);
                if (words[0].startsWith("--from=")) {
                    assertThat(stages).contains(words[0].substring("--from=".length()));
                } else {
                    assertThat(Files.exists(Checkout.path(words[0]))).as(copy).isTrue();
                }
            }
            for (String from : recipe.all("FROM")) {
                String image = from.replaceAll(" AS .*", "");
                assertThat(stages.contains(image) || image.matches("[a-z0-9.-]+\\.[a-z]+/.+:.+"))
                        .as(from)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void theJvmStartsFromTheCacheThatItsOwnBuildMade(String service) {
        ServiceFacts facts = ManifestsTest.FACTS.getOrDefault(service, ServiceFacts.of(service));
        Dockerfile recipe = recipe(service, "jvm");
        Dockerfile image = recipe.lastStage();
        assertThat(recipe.all("RUN"))
                .contains("make-aot-cache " + facts.port() + " " + facts.managementPort());
        assertThat(image.all("COPY")).containsExactly("--from=training /opt/parley ./");
        assertThat(image.only("FROM")).isEqualTo("runtime");
        assertThat(recipe.all("FROM")).contains("runtime AS training");
        assertThat(image.only("RUN")).contains("--dry-run", "-XX:AOTMode=on");
        assertThat(image.only("ENTRYPOINT"))
                .isEqualTo(
                        "[\"java\", \"@jvm.options\", \"-XX:AOTCache=app.aot\", \"-jar\","
                                + " \"quarkus-run.jar\"]");
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void theTrainingRunIsGivenWhatTheServiceDoesNotStartWithout(String service) {
        Set<String> given =
                Checkout.read("deploy/images/make-aot-cache")
                        .lines()
                        .filter(it -> it.startsWith("export "))
                        .flatMap(it -> Stream.of(it.split(" ", -1)).skip(1))
                        .map(it -> it.replaceAll("=.*", ""))
                        .collect(Collectors.toSet());
        ServiceFacts facts = ManifestsTest.FACTS.getOrDefault(service, ServiceFacts.of(service));
        assertThat(given).containsAll(facts.indispensable());
    }

    /** The cache is made on one machine and used on another. */
    @Test
    void theOptionsMeanTheSameOnASmallMachineAndOnALargeOne() {
        String options = "@" + Checkout.path("deploy/images/jvm.options");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (String memory : List.of("768m", "64g")) {
            String flags =
                    Checkout.output(
                            java,
                            options,
                            "-XX:MaxRAM=" + memory,
                            "-XX:+PrintFlagsFinal",
                            "--version");
            for (String flag :
                    List.of("UseCompressedOops", "UseCompactObjectHeaders", "UseSerialGC")) {
                assertThat(flags).as(memory).containsPattern(" " + flag + " += true ");
            }
        }
    }

    /** All that the JVM may take, by its own word. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void theHeapFitsTheContainer(String service) {
        Set<Long> limits = new TreeSet<>();
        limits.add(bytes(Compose.read().part(service).memLimit() + "i"));
        for (String overlay : Cluster.OVERLAYS) {
            ObjectNode deployment =
                    ManifestsTest.cluster(overlay).find("Deployment", service).orElseThrow();
            Cluster.containersOf(deployment)
                    .forEach(it -> limits.add(bytes(it.at("/resources/limits/memory").asText())));
        }
        String options = Checkout.path("deploy/images/jvm.options").toString();
        for (long limit : limits) {
            assertThat(JvmMemory.of(options, limit).most()).isLessThanOrEqualTo(limit);
        }
        assertThat(limits).hasSize(1);
    }

    /** Kubernetes' {@code Mi} and compose's {@code m} are the same. */
    private static long bytes(String quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity.replaceFirst("mi$", "Mi")))
                .longValueExact();
    }

    @Test
    void aHeapThatDoesNotFitIsNoticed(@TempDir Path folder) throws IOException {
        String options = Checkout.read("deploy/images/jvm.options");
        long limit = bytes("768Mi");
        for (String wider :
                List.of(
                        options.replace("Percentage=54", "Percentage=66"),
                        options.replaceAll("-XX:MaxDirectMemorySize=.*", ""),
                        options.replaceAll("-XX:MaxMetaspaceSize=.*", ""),
                        options.replaceAll("-XX:ReservedCodeCacheSize=.*", ""))) {
            assertThat(wider).isNotEqualTo(options);
            Path file = Files.writeString(folder.resolve("jvm.options"), wider);
            assertThat(JvmMemory.of(file.toString(), limit).most()).isGreaterThan(limit);
        }
    }

    @Test
    void theBoundsAreWrittenDown() {
        JvmMemory memory =
                JvmMemory.of(Checkout.path("deploy/images/jvm.options").toString(), bytes("768Mi"));
        assertThat(Checkout.read("deploy/README.md"))
                .contains(
                        "of the 768 MiB that compose and Kubernetes grant the heap may take 54 % ("
                                + JvmMemory.mebibytes(memory.heap())
                                + " MiB), classes "
                                + JvmMemory.mebibytes(memory.classes())
                                + " MiB, compiled code "
                                + JvmMemory.mebibytes(memory.code())
                                + " MiB and buffers outside the heap "
                                + JvmMemory.mebibytes(memory.buffers())
                                + " MiB");
    }

    /** The five build at once, on one folder of Maven's. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void buildsTakeTurnsAtWhatTheyShare(String service) {
        for (String kind : List.of("jvm", "native")) {
            assertThat(recipe(service, kind).all("RUN"))
                    .filteredOn(it -> it.contains("--mount=type=cache"))
                    .hasSize(1)
                    .allMatch(it -> it.contains(",sharing=locked,"));
        }
    }

    /** Maven reads every module's pom, whichever it builds. */
    @Test
    void theBuildContextHoldsEveryModule() {
        List<String> ignored =
                Checkout.read(".dockerignore")
                        .lines()
                        .filter(it -> !it.startsWith("#") && !it.isBlank())
                        .toList();
        List<String> modules =
                Pattern.compile("<module>(.*)</module>")
                        .matcher(Checkout.read("pom.xml"))
                        .results()
                        .map(it -> it.group(1))
                        .toList();
        assertThat(modules).hasSizeGreaterThan(10);
        assertThat(modules)
                .noneMatch(
                        module ->
                                ignored.stream()
                                        .anyMatch(it -> (module + "/").startsWith(it + "/")));
        assertThat(ignored).contains(".env", ".git", "**/target");
    }
}
