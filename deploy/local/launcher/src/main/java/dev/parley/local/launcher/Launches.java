package dev.parley.local.launcher;

import dev.parley.local.edge.Edge;
import dev.parley.local.edge.EdgeConfiguration;
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

/** How each process of a stack is started: all options of JVMs are here and in JavaCommand. */
record Launches(StackOptions options, StackFolder folder, Ports ports, Caches caching) {
    private static final List<String> SERVICE_JVM = List.of("-Xmx512m", "-Xss512k");
    private static final List<String> SMALL_JVM = List.of("-Xmx96m", "-Xss512k");

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
        /** Where none is settled; the others are used. */
        MAKE
    }

    /** A cache and the options of the JVM that it is for. */
    record Cached(AotCache cache, List<String> jvmOptions) {
        boolean isSettled() {
            return cache.isSettled(jvmOptions);
        }

        void settle() throws IOException {
            if (!isSettled()) {
                cache.settle(jvmOptions);
            }
        }
    }

    /** One for each program of a stack. */
    List<Cached> caches() {
        List<Cached> all = new ArrayList<>();
        for (Service service : Service.values()) {
            all.add(new Cached(AotCache.of(options, service), SERVICE_JVM));
        }
        for (String small : List.of(EDGE, PROVIDER)) {
            AotCache.besideTheLauncher(small)
                    .ifPresent(cache -> all.add(new Cached(cache, SMALL_JVM)));
        }
        AotCache.besideTheLauncher(KAFKA).ifPresent(cache -> all.add(new Cached(cache, KAFKA_JVM)));
        return List.copyOf(all);
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
                        cached(KAFKA_JVM, AotCache.besideTheLauncher(KAFKA))));
    }

    Process provider() throws IOException {
        return JavaCommand.ofMain(
                        smallJvm(PROVIDER),
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
        new EdgeConfiguration(ports.edge(), behind).write(folder.edgeConfiguration());
        return JavaCommand.ofMain(
                        smallJvm(EDGE), Edge.class.getName(), folder.edgeConfiguration().toString())
                .start(Map.of(), folder.log(EDGE));
    }

    private List<String> smallJvm(String name) {
        return cached(SMALL_JVM, AotCache.besideTheLauncher(name));
    }

    private List<String> cached(List<String> jvmOptions, Optional<AotCache> cache) {
        if (cache.isEmpty()) {
            return jvmOptions;
        }
        return switch (caching) {
            case USE -> cache.get().use(jvmOptions);
            case MAKE ->
                    cache.get().isSettled(jvmOptions)
                            ? cache.get().use(jvmOptions)
                            : cache.get().make(jvmOptions);
        };
    }
}
