package dev.parley.local.launcher;

import dev.parley.local.edge.Edge;
import dev.parley.local.edge.EdgeConfiguration;
import dev.parley.local.embedded.BrokerProcess;
import dev.parley.local.embedded.EmbeddedBroker;
import dev.parley.local.simulated.SimulatedProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How each process of a stack is started: all options of JVMs are here. */
record Launches(StackOptions options, StackFolder folder, Ports ports, Caches caching) {
    private static final List<String> SERVICE_JVM = jvm("-Xmx512m");
    private static final List<String> SMALL_JVM = jvm("-Xmx96m");

    private static final String PROVIDER = "simulated-provider";
    private static final String EDGE = "edge";
    private static final String KAFKA = "kafka";
    private static final List<String> KAFKA_JVM =
            Stream.concat(
                            EmbeddedBroker.Settings.SMALL_JVM.stream(),
                            Stream.of(
                                    "-Djava.util.logging.config.class="
                                            + QuietLogging.class.getName()))
                    .toList();

    /** What JVMs do with their ahead-of-time caches. */
    enum Caches {
        USE,
        /** Where there is none; the others are used. */
        MAKE
    }

    /** A program's cache and the options of the JVM that it is for. */
    record Cached(String program, AotCache cache, List<String> jvmOptions) {
        boolean isMade() {
            return cache.isMade(jvmOptions);
        }

        boolean isWorthATry() {
            return cache.isWorthATry(jvmOptions);
        }

        boolean settle() throws IOException {
            return cache.settle(jvmOptions);
        }

        void miss() throws IOException {
            cache.miss(jvmOptions);
        }
    }

    private static List<String> jvm(String heap) {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                heap,
                "-Xss512k");
    }

    /** One for each program of a stack. */
    List<Cached> caches() {
        List<Cached> all = new ArrayList<>();
        for (Service service : Service.values()) {
            all.add(cached(service));
        }
        edgeCache().ifPresent(cache -> all.add(new Cached(EDGE, cache, SMALL_JVM)));
        providerCache().ifPresent(cache -> all.add(new Cached(PROVIDER, cache, SMALL_JVM)));
        brokerCache().ifPresent(cache -> all.add(new Cached(KAFKA, cache, KAFKA_JVM)));
        return List.copyOf(all);
    }

    Cached cached(Service service) {
        return new Cached(service.folder(), AotCache.of(options, service), SERVICE_JVM);
    }

    static Path jar(StackOptions options, Service service) {
        return options.repository()
                .resolve(service.folder())
                .resolve("target/quarkus-app/quarkus-run.jar");
    }

    Process service(Service service, String name, Map<String, String> variables)
            throws IOException {
        List<String> jvmOptions = cached(SERVICE_JVM, Optional.of(AotCache.of(options, service)));
        return JavaCommand.ofJar(jvmOptions, jar(options, service))
                .start(variables, folder.log(name));
    }

    EmbeddedBroker broker() {
        return new EmbeddedBroker(
                new EmbeddedBroker.Settings(
                        folder.kafka(),
                        ports.kafka(),
                        ports.kafkaController(),
                        cached(KAFKA_JVM, brokerCache())));
    }

    Process provider() throws IOException {
        return JavaCommand.ofMain(
                        cached(SMALL_JVM, providerCache()),
                        SimulatedProvider.class.getName(),
                        String.valueOf(ports.provider()),
                        "--with-parent")
                .start(Map.of(), folder.log(PROVIDER));
    }

    Process edge() throws IOException {
        Map<String, EdgeConfiguration.Service> behind = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            List<EdgeConfiguration.Replica> replicas = new ArrayList<>();
            for (int replica = 1; replica <= ports.replicas(); replica++) {
                replicas.add(
                        new EdgeConfiguration.Replica(
                                ports.http(service, replica), ports.management(service, replica)));
            }
            Integer balancer = ports.replicas() > 1 ? ports.balancer(service) : null;
            behind.put(service.folder(), new EdgeConfiguration.Service(balancer, replicas));
        }
        new EdgeConfiguration(ports.edge(), behind, options.settings().get(StackOptions.COLLECTOR))
                .write(folder.edgeConfiguration());
        return JavaCommand.ofMain(
                        cached(SMALL_JVM, edgeCache()),
                        Edge.class.getName(),
                        folder.edgeConfiguration().toString())
                .start(Map.of(), folder.log(EDGE));
    }

    private static Optional<AotCache> edgeCache() {
        return AotCache.besideTheLauncher(EDGE, Edge.class);
    }

    private static Optional<AotCache> providerCache() {
        return AotCache.besideTheLauncher(PROVIDER, SimulatedProvider.class);
    }

    private static Optional<AotCache> brokerCache() {
        return AotCache.besideTheLauncher(KAFKA, BrokerProcess.class);
    }

    private List<String> cached(List<String> jvmOptions, Optional<AotCache> cache) {
        if (cache.isEmpty()) {
            return jvmOptions;
        }
        return switch (caching) {
            case USE -> cache.get().use(jvmOptions);
            case MAKE ->
                    cache.get().isMade(jvmOptions)
                            ? cache.get().use(jvmOptions)
                            : cache.get().make(jvmOptions);
        };
    }
}
