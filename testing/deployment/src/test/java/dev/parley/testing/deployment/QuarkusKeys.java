package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The variables that Quarkus reads when it runs, by the descriptions in its extensions' jars. */
final class QuarkusKeys {
    private static final Set<String> RUN_TIME = read();

    private QuarkusKeys() {}

    static boolean holds(String variable) {
        return RUN_TIME.contains(variable);
    }

    private static Set<String> read() {
        Set<String> variables = new TreeSet<>();
        try {
            for (URL model :
                    Collections.list(
                            QuarkusKeys.class
                                    .getClassLoader()
                                    .getResources(
                                            "META-INF/quarkus-config-doc/quarkus-config-model.json"))) {
                try (InputStream json = model.openStream()) {
                    collect(Yaml.JSON.readTree(json), variables);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Set.copyOf(variables);
    }

    private static void collect(JsonNode node, Set<String> variables) {
        if (node.path("phase").asText().equals("RUN_TIME")) {
            Yaml.text(node, "/path/environmentVariable").ifPresent(variables::add);
            Yaml.each(node.path("additionalPaths"))
                    .flatMap(it -> Yaml.text(it, "/environmentVariable").stream())
                    .forEach(variables::add);
        }
        for (JsonNode child : node) {
            collect(child, variables);
        }
    }
}
