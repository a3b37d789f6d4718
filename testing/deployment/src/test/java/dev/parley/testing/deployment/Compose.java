package dev.parley.testing.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code docker-compose.yml}, as far as ours goes; a member that is not named here is an error.
 *
 * @param variables that have to be given, since they have no default
 */
record Compose(
        Map<String, Part> services, Map<String, @Nullable Object> volumes, Set<String> variables) {
    private static final Pattern VARIABLE =
            Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)(?::-([^}]*)|:\\?[^}]*)}");

    record File(String name, Map<String, Part> services, Map<String, @Nullable Object> volumes) {}

    record Part(
            String image,
            @Nullable Build build,
            @Nullable String restart,
            @Nullable @JsonProperty("read_only") Boolean readOnly,
            @Nullable List<String> tmpfs,
            @Nullable @JsonProperty("cap_drop") List<String> capDrop,
            @Nullable @JsonProperty("security_opt") List<String> securityOpt,
            @Nullable @JsonProperty("mem_limit") String memLimit,
            @Nullable @JsonProperty("stop_grace_period") String stopGracePeriod,
            @Nullable @JsonProperty("depends_on") JsonNode dependsOn,
            @Nullable Map<String, String> environment,
            @Nullable List<String> entrypoint,
            @Nullable List<String> command,
            @Nullable List<String> ports,
            @Nullable List<String> volumes,
            @Nullable Healthcheck healthcheck,
            @Nullable Map<String, Network> networks) {

        Map<String, String> variables() {
            return Objects.requireNonNullElse(environment, Map.of());
        }

        List<String> mounts() {
            return Objects.requireNonNullElse(volumes, List.of());
        }

        /** The parts that have to be there first, with the condition that holds then. */
        Map<String, String> needs() {
            Map<String, String> needs = new TreeMap<>();
            JsonNode written = dependsOn;
            if (written != null && written.isArray()) {
                Yaml.texts(written).forEach(it -> needs.put(it, "service_started"));
            } else if (written != null) {
                written.properties()
                        .forEach(
                                it ->
                                        needs.put(
                                                it.getKey(),
                                                it.getValue().path("condition").asText()));
            }
            return needs;
        }
    }

    record Build(String context, String dockerfile) {}

    record Healthcheck(
            List<String> test,
            String interval,
            String timeout,
            int retries,
            @Nullable @JsonProperty("start_period") String startPeriod) {}

    record Network(List<String> aliases) {}

    static Compose read() {
        return parse(Checkout.read("docker-compose.yml"));
    }

    static Compose parse(String text) {
        Set<String> required = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(text);
        String filled =
                matcher.replaceAll(it -> Matcher.quoteReplacement(fill(it, required)))
                        .replace("$$", "$");
        ObjectNode document = (ObjectNode) Yaml.document(filled);
        List<String> extensions =
                Cluster.keys(document).stream().filter(it -> it.startsWith("x-")).toList();
        document.remove(extensions);
        try {
            File file = Yaml.JSON.treeToValue(document, File.class);
            return new Compose(file.services(), file.volumes(), required);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("docker-compose.yml: " + e.getOriginalMessage(), e);
        }
    }

    private static String fill(MatchResult variable, Set<String> required) {
        String fallback = variable.group(2);
        if (fallback == null) {
            required.add(variable.group(1));
            return given(variable.group(1));
        }
        return fallback;
    }

    /** What stands for the value of a variable that has to be given. */
    static String given(String variable) {
        return "given-" + variable;
    }

    Part part(String name) {
        Part part = services.get(name);
        if (part == null) {
            throw new IllegalArgumentException("docker-compose.yml has no " + name);
        }
        return part;
    }
}
