package dev.parley.testing.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a service's build hands to {@code native-image}: our classes and resources, and what has
 * been said of them.
 *
 * @param code Parley's own, the platform's included
 * @param providers classes of ours that a {@code ServiceLoader} is to find
 * @param reflective classes whose constructors and methods may be looked up at run time
 * @param included patterns of resources that the image carries
 */
record NativeSources(
        Code code,
        Set<String> resources,
        Set<String> providers,
        Set<String> reflective,
        List<Pattern> included) {
    static final List<String> SERVICES =
            List.of(
                    "identity-service",
                    "conversation-service",
                    "llm-gateway-service",
                    "usage-billing-service",
                    "moderation-service");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIGURATION = "META-INF/native-image/";

    static NativeSources of(String service) {
        Path folder = checkout().resolve(service).resolve("target/native-sources");
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> jars =
                    found.filter(it -> it.toString().endsWith(".jar"))
                            .filter(NativeSources::isOurs)
                            .toList();
            Path runner = runner(jars);
            Contents contents = new Contents();
            for (Path jar : jars) {
                contents.add(jar);
            }
            try (JarFile jar = new JarFile(runner.toFile())) {
                return new NativeSources(
                        Code.of(contents.classes),
                        Set.copyOf(contents.resources),
                        Set.copyOf(contents.providers),
                        reflective(json(jar, "reflect-config.json")),
                        included(json(jar, "resource-config.json")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no native sources of " + service + "; its verify phase makes them", e);
        }
    }

    boolean carries(String resource) {
        return included.stream().anyMatch(it -> it.matcher(resource).matches());
    }

    private static Path checkout() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("parley"))) {
                return folder;
            }
        }
        throw new IllegalStateException(start + " is in no checkout of Parley");
    }

    private static boolean isOurs(Path jar) {
        String name = jar.getFileName().toString();
        return name.contains("dev.parley.") || name.endsWith("-runner.jar");
    }

    private static Path runner(List<Path> jars) throws IOException {
        return jars.stream()
                .filter(it -> it.toString().endsWith("-runner.jar"))
                .findFirst()
                .orElseThrow(() -> new IOException("no -runner.jar"));
    }

    /** Quarkus finds these while it builds and writes code that makes them. */
    private static final String MADE_BY_THE_BUILD =
            "META-INF/services/io.smallrye.config.ConfigSourceFactory";

    /** All that is ours in a jar. */
    private static final class Contents {
        private final List<byte[]> classes = new ArrayList<>();
        private final Set<String> resources = new HashSet<>();
        private final Set<String> providers = new HashSet<>();

        void add(Path path) throws IOException {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                    if (!entry.isDirectory()) {
                        add(entry.getName(), jar.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }

        private void add(String name, byte[] bytes) {
            if (name.endsWith(".class")) {
                if (name.startsWith("dev/parley/")) {
                    classes.add(bytes);
                }
            } else if (name.startsWith("META-INF/services/")) {
                addProviders(name, new String(bytes, StandardCharsets.UTF_8).lines());
            } else if (!name.startsWith("META-INF/")) {
                resources.add(name);
            }
        }

        private void addProviders(String name, Stream<String> lines) {
            if (name.equals(MADE_BY_THE_BUILD)) {
                return;
            }
            List<String> ours = lines.filter(it -> it.startsWith("dev.parley.")).toList();
            if (!ours.isEmpty()) {
                resources.add(name);
                providers.addAll(ours);
            }
        }
    }

    private static JsonNode json(JarFile jar, String file) throws IOException {
        JarEntry entry = jar.getJarEntry(CONFIGURATION + file);
        if (entry == null) {
            throw new IOException(jar.getName() + " has no " + CONFIGURATION + file);
        }
        try (InputStream bytes = jar.getInputStream(entry)) {
            return JSON.readTree(bytes);
        }
    }

    private static Set<String> reflective(JsonNode entries) {
        Set<String> names = new HashSet<>();
        for (JsonNode entry : entries) {
            if (entry.path("allDeclaredConstructors").asBoolean()
                    && entry.path("allDeclaredMethods").asBoolean()) {
                names.add(entry.path("name").asText());
            }
        }
        return Set.copyOf(names);
    }

    private static List<Pattern> included(JsonNode configuration) {
        List<Pattern> patterns = new ArrayList<>();
        for (JsonNode include : configuration.at("/resources/includes")) {
            patterns.add(Pattern.compile(include.path("pattern").asText()));
        }
        return List.copyOf(patterns);
    }
}
