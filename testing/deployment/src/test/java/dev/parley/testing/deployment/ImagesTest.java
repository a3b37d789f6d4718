package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    @Test
    void theHeapFitsTheContainer() {
        String share =
                Checkout.read("deploy/images/jvm.options")
                        .lines()
                        .filter(it -> it.startsWith("-XX:MaxRAMPercentage="))
                        .findFirst()
                        .orElseThrow();
        int heap = 768 * Integer.parseInt(share.substring(share.indexOf('=') + 1)) / 100;
        assertThat(heap).isBetween(480, 520);
        for (String service : Checkout.SERVICES) {
            JsonNode main =
                    Cluster.mainContainer(
                            ManifestsTest.cluster("production")
                                    .find("Deployment", service)
                                    .orElseThrow());
            assertThat(main.at("/resources/limits/memory").asText()).isEqualTo("768Mi");
            assertThat(Compose.read().part(service).memLimit()).isEqualTo("768m");
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
