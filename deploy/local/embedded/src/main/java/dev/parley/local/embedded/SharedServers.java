package dev.parley.local.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The one database server and the one broker of a test JVM. Quarkus loads this class anew for each
 * application that it starts, so what has to be shared stands in the system properties, as types of
 * the JDK.
 */
final class SharedServers {
    private static final String PREFIX = "dev.parley.test.";

    /** Ends the server and removes its folder when the test JVM is gone, however that happens. */
    private static final String WATCH_THE_JVM =
            """
            trap '' INT TERM HUP
            read -r _
            kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")" 2>/dev/null
            sleep 0.3
            rm -rf "$1"
            """;

    private SharedServers() {}

    static DatabaseServer database() {
        return DatabaseServer.ofEnvironment().orElseGet(SharedServers::embeddedDatabase);
    }

    static EmbeddedDatabase embeddedDatabase() {
        synchronized (Runtime.getRuntime()) {
            Optional<EmbeddedDatabase> running =
                    known("postgres.folder")
                            .map(
                                    folder ->
                                            database(
                                                    Path.of(folder),
                                                    number("postgres.port"),
                                                    required("postgres.password")));
            return running.orElseGet(SharedServers::startDatabase);
        }
    }

    static EmbeddedBroker broker() {
        synchronized (Runtime.getRuntime()) {
            return known("kafka.folder")
                    .map(
                            folder ->
                                    broker(
                                            Path.of(folder),
                                            number("kafka.port"),
                                            number("kafka.controller")))
                    .orElseGet(SharedServers::startBroker);
        }
    }

    /** The broker lives as long as the pipe to it: someone has to hold the process. */
    static void restartBroker(EmbeddedBroker broker) {
        hold(broker.start());
    }

    /** Keeps a process, and so the pipe to it, out of the collector's reach while it runs. */
    private static void hold(Process process) {
        Thread.ofPlatform()
                .daemon()
                .name("holds-" + process.pid())
                .start(
                        () -> {
                            try {
                                process.onExit().join();
                            } finally {
                                Reference.reachabilityFence(process);
                            }
                        });
    }

    static int nextDatabase() {
        synchronized (Runtime.getRuntime()) {
            int next = known("postgres.databases").map(Integer::valueOf).orElse(0) + 1;
            remember("postgres.databases", String.valueOf(next));
            return next;
        }
    }

    private static EmbeddedDatabase startDatabase() {
        try {
            Path folder = Files.createTempDirectory("parley-test-postgres-");
            int port = FreePort.find();
            String password = UUID.randomUUID().toString();
            EmbeddedDatabase database = database(folder, port, password).start();
            Process watch =
                    new ProcessBuilder("sh", "-c", WATCH_THE_JVM, "watch", folder.toString())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            hold(watch);
            remember("postgres.folder", folder.toString());
            remember("postgres.port", String.valueOf(port));
            remember("postgres.password", password);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedBroker startBroker() {
        try {
            Path folder = Files.createTempDirectory("parley-test-kafka-");
            int port = FreePort.find();
            int controllerPort = FreePort.find();
            EmbeddedBroker broker = broker(folder, port, controllerPort);
            restartBroker(broker);
            remember("kafka.folder", folder.toString());
            remember("kafka.port", String.valueOf(port));
            remember("kafka.controller", String.valueOf(controllerPort));
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedDatabase database(Path folder, int port, String password) {
        return new EmbeddedDatabase(new EmbeddedDatabase.Settings(folder, port, password, false));
    }

    private static EmbeddedBroker broker(Path folder, int port, int controllerPort) {
        return new EmbeddedBroker(
                new EmbeddedBroker.Settings(
                        folder,
                        port,
                        controllerPort,
                        List.of(
                                "-Xms64m",
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-D" + BrokerProcess.THROWAWAY + "=true")));
    }

    private static Optional<String> known(String name) {
        return Optional.ofNullable(System.getProperty(PREFIX + name));
    }

    private static String required(String name) {
        return known(name).orElseThrow();
    }

    private static int number(String name) {
        return Integer.parseInt(required(name));
    }

    private static void remember(String name, String value) {
        System.setProperty(PREFIX + name, value);
    }
}
