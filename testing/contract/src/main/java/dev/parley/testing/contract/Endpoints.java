package dev.parley.testing.contract;

import dev.parley.platform.web.document.ResourceMethods;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Indexer;

/** Every endpoint that classes serve, however Quarkus is told of it. */
final class Endpoints {
    /** What is no resource of JAX-RS: by its annotation, what stands for a verb. */
    private static final Map<String, String> OTHERS =
            Map.of(
                    "io.quarkus.vertx.web.Route", "ROUTE",
                    "io.quarkus.websockets.next.WebSocket", "WEBSOCKET",
                    "jakarta.websocket.server.ServerEndpoint", "WEBSOCKET",
                    "jakarta.servlet.annotation.WebServlet", "SERVLET",
                    "org.eclipse.microprofile.graphql.GraphQLApi", "GRAPHQL");

    private static final Pattern PLATFORM =
            Pattern.compile(".*/(parley-platform-[^/]*\\.jar|platform/[a-z]+/target/classes/?)");

    private Endpoints() {}

    /** As verb and path: of the service in the working directory, and of what it brings along. */
    static Set<String> ofTheService() {
        Indexer indexer = new Indexer();
        List<Path> platform = platform();
        if (platform.isEmpty()) {
            throw new IllegalStateException("nothing of the platform is on the class path");
        }
        platform.forEach(it -> add(it, indexer));
        add(Path.of("target", "classes"), indexer);
        return of(indexer.complete());
    }

    private static List<Path> platform() {
        String classPath = System.getProperty("java.class.path", "");
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(it -> PLATFORM.matcher(it.replace(File.separatorChar, '/')).matches())
                .map(Path::of)
                .toList();
    }

    static void add(Path classes, Indexer indexer) {
        try {
            if (Files.isDirectory(classes)) {
                addFolder(classes, indexer);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                    addFolder(jar.getPath("/"), indexer);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void addFolder(Path folder, Indexer indexer) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    indexer.index(bytes);
                }
            }
        }
    }

    static Set<String> of(IndexView index) {
        Set<String> endpoints = new TreeSet<>(new ResourceMethods(index).operations());
        OTHERS.forEach(
                (annotation, verb) -> {
                    for (AnnotationInstance found :
                            index.getAnnotations(DotName.createSimple(annotation))) {
                        endpoints.add(verb + " " + pathOf(found));
                    }
                });
        return endpoints;
    }

    /** Its path, or else the name of what has none. */
    private static String pathOf(AnnotationInstance endpoint) {
        return Stream.of("path", "value", "regex", "urlPatterns")
                .map(endpoint::value)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .map(AnnotationValue::value)
                .map(it -> it instanceof AnnotationValue[] all ? all[0].asString() : it.toString())
                .orElseGet(() -> endpoint.target().toString());
    }
}
