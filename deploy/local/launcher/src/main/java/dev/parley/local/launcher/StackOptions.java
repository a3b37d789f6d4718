package dev.parley.local.launcher;

import dev.parley.local.embedded.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a stack is to be started.
 *
 * @param repository the checkout whose built services are run
 * @param folder for all that the stack keeps; belongs to one stack at a time
 * @param port of the edge
 * @param basePort where the ports of all else begin
 * @param replicas of each service
 * @param restart whether a process that dies is started again
 * @param settings environment variables that every service gets besides its own
 */
public record StackOptions(
        Path repository,
        Path folder,
        int port,
        int basePort,
        int replicas,
        ProviderChoice provider,
        boolean restart,
        Map<String, String> settings) {
    public static final int DEFAULT_PORT = 8080;
    public static final int DEFAULT_BASE_PORT = 18_000;
    static final int MOST_REPLICAS = 9;

    /** The setting that names a collector of traces, OTLP over HTTP; the edge heeds it, too. */
    public static final String COLLECTOR = "PARLEY_OTLP_ENDPOINT";

    public StackOptions {
        repository = repository.toAbsolutePath().normalize();
        folder = folder.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException("replicas: from 1 to " + MOST_REPLICAS);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: from 1 to 65535");
        }
        if (basePort < 1 || basePort + Ports.SPAN > 65_535) {
            throw new IllegalArgumentException("base port: from 1 to " + (65_535 - Ports.SPAN));
        }
        if (Ports.span(basePort, port)) {
            throw new IllegalArgumentException("port " + port + ": among those from " + basePort);
        }
    }

    /** What {@code ./parley up} does without options. */
    public static StackOptions of(Path repository) {
        return new StackOptions(
                repository,
                repository.resolve(".parley"),
                DEFAULT_PORT,
                DEFAULT_BASE_PORT,
                1,
                ProviderChoice.WHICH_ANSWERS,
                true,
                collectorOf(System.getenv()));
    }

    private static Map<String, String> collectorOf(Map<String, String> environment) {
        return Stream.of(COLLECTOR, "OTEL_EXPORTER_OTLP_ENDPOINT")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(address -> !address.isBlank())
                .findFirst()
                .map(address -> Map.of(COLLECTOR, address))
                .orElse(Map.of());
    }

    /** For tests: the checkout around the working directory, on ports that are free now. */
    public static StackOptions forTests(Path folder) {
        return of(checkoutAround(Path.of("").toAbsolutePath())).apart(folder);
    }

    /** A stack that meets no other, with the simulated provider. */
    StackOptions apart(Path ownFolder) {
        return inFolder(ownFolder)
                .onPorts(FreePort.find(), Ports.freeBase())
                .withProvider(ProviderChoice.SIMULATED);
    }

    private static Path checkoutAround(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("parley")) && Files.exists(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(start + " is in no checkout of Parley");
    }

    public StackOptions inFolder(Path other) {
        return new StackOptions(
                repository, other, port, basePort, replicas, provider, restart, settings);
    }

    public StackOptions onPorts(int edge, int base) {
        return new StackOptions(
                repository, folder, edge, base, replicas, provider, restart, settings);
    }

    public StackOptions withReplicas(int count) {
        return new StackOptions(
                repository, folder, port, basePort, count, provider, restart, settings);
    }

    public StackOptions withProvider(ProviderChoice choice) {
        return new StackOptions(
                repository, folder, port, basePort, replicas, choice, restart, settings);
    }

    public StackOptions withoutRestart() {
        return new StackOptions(
                repository, folder, port, basePort, replicas, provider, false, settings);
    }

    /** With one more variable for every service, such as {@code PARLEY_TURNS_LEASE}. */
    public StackOptions withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new StackOptions(
                repository, folder, port, basePort, replicas, provider, restart, more);
    }
}
