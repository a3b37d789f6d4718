package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.DatabaseServer;
import dev.parley.local.embedded.EmbeddedBroker;
import dev.parley.local.embedded.EmbeddedDatabase;
import dev.parley.local.embedded.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A built service, on a copy of its program: what it leaves must not become the checkout's. */
class PreparedStartIT {
    private static final Service SERVICE = Service.MODERATION;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path repository;
    private final StackOptions options;
    private final StackFolder folder;
    private final Ports ports;
    private final Database database;
    private final EmbeddedBroker broker;

    /** Held, for the broker lives as long as the pipe to it. */
    private final Process kafka;

    PreparedStartIT(@TempDir Path repository) throws IOException {
        this.repository = repository;
        this.options = StackOptions.of(repository).apart(repository.resolve(".parley"));
        this.folder = new StackFolder(options.folder());
        this.ports = Ports.of(options);
        folder.create();
        copy(Launches.jar(StackOptions.forTests(repository), SERVICE).resolveSibling(""));
        this.database =
                DatabaseServer.ofEnvironment().map(Database::external).orElseGet(this::ownDatabase);
        database.start();
        this.broker = launches(Launches.Caches.USE).broker();
        this.kafka = broker.start();
    }

    private Database ownDatabase() {
        return Database.embedded(
                new EmbeddedDatabase.Settings(folder.postgres(), ports.postgres(), "secret", false),
                false,
                () -> {});
    }

    @AfterEach
    void stop() throws InterruptedException {
        database.stop();
        broker.stop();
        kafka.waitFor();
    }

    @Test
    void aServiceStartsFromTheCacheThatItLeft() throws Exception {
        Map<String, String> variables = environment();
        Launches making = launches(Launches.Caches.MAKE);
        Child first = started(making, variables);
        Child.stopWithCaches(List.of(first));
        assertThat(Preparation.settle(List.of(making.cached(SERVICE))))
                .as(Logs.lastLines(folder.log(SERVICE.folder()), 10))
                .isEmpty();
        Path loaded = repository.resolve("classes.log");
        Map<String, String> telling = new HashMap<>(variables);
        telling.put("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xlog:class+load:file=" + loaded);

        Child second = started(launches(Launches.Caches.USE), telling);
        second.stop();

        List<String> own = linesWith(loaded, " dev.parley.moderation.");
        assertThat(own).hasSizeGreaterThan(50);
        assertThat(own.stream().filter(line -> line.contains("shared objects file")).count())
                .as("of %d classes of the service", own.size())
                .isGreaterThan(own.size() * 9L / 10);
        assertThat(linesWith(loaded, " io.quarkus.runner.ApplicationImpl "))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    private Map<String, String> environment() throws IOException {
        Secrets secrets = Secrets.of(folder);
        database.server()
                .createOwnedDatabase(
                        SERVICE.database(), SERVICE.database(), secrets.database(SERVICE));
        return new ServiceEnvironment(
                        ports,
                        secrets,
                        database.server(),
                        broker.bootstrapServers(),
                        "http://localhost:" + ports.edge(),
                        ModelProvider.simulated(ports.provider()),
                        Map.of())
                .of(SERVICE, 1);
    }

    private Launches launches(Launches.Caches caching) {
        return new Launches(options, folder, ports, caching);
    }

    private Child started(Launches launches, Map<String, String> environment) throws IOException {
        Child child =
                new Child(
                        SERVICE.folder(),
                        () -> launches.service(SERVICE, SERVICE.folder(), environment),
                        false,
                        () -> {});
        child.start();
        new Readiness(ports, Map.of(SERVICE, List.of(child)))
                .await(PATIENCE, folder, Progress.silent());
        return child;
    }

    private static List<String> linesWith(Path log, String words) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(words)).toList();
        }
    }

    private void copy(Path program) throws IOException {
        Path copy = repository.resolve(SERVICE.folder()).resolve("target/quarkus-app");
        try (Stream<Path> files = Files.walk(program)) {
            for (Path file : files.filter(it -> !isCache(it)).toList()) {
                Path to = copy.resolve(program.relativize(file).toString());
                Files.createDirectories(to.resolveSibling(""));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, to);
                }
            }
        }
    }

    private static boolean isCache(Path file) {
        return String.valueOf(file.getFileName()).startsWith("app.aot");
    }
}
