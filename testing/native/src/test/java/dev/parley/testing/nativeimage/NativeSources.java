package dev.parley.testing.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
 * @param reflective classes whose constructors and methods may be looked up at run time
 * @param included patterns of resources that the image carries
 */
record NativeSources(
        Code code, Set<String> resources, Set<String> reflective, List<Pattern> included) {
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
            Set<String> resources = new HashSet<>();
            List<byte[]> classes = new ArrayList<>();
            for (Path jar : jars) {
                read(jar, classes, resources);
            }
            try (JarFile jar = new JarFile(runner.toFile())) {
                return new NativeSources(
                        Code.of(classes),
                        Set.copyOf(resources),
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

    private static void read(Path path, List<byte[]> classes, Set<String> resources)
            throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String name = entry.getName();
                if (name.startsWith("dev/parley/") && name.endsWith(".class")) {
                    try (InputStream bytes = jar.getInputStream(entry)) {
                        classes.add(bytes.readAllBytes());
                    }
                } else if (!entry.isDirectory()
                        && (name.startsWith("META-INF/services/") || !name.startsWith("META-INF/"))
                        && !name.endsWith(".class")) {
                    resources.add(name);
                }
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
