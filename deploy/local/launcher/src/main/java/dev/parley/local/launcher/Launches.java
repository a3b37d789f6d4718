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
import java.util.stream.Stream;

/** How each process of a stack is started. */
record Launches(StackOptions options, StackFolder folder, Ports ports) {
    private static final List<String> SERVICE_JVM = List.of("-Xmx512m", "-Xss512k");
    private static final List<String> SMALL_JVM = List.of("-Xmx96m", "-Xss512k");

    static Path jar(StackOptions options, Service service) {
        return options.repository()
                .resolve(service.folder())
                .resolve("target/quarkus-app/quarkus-run.jar");
    }

    Process service(Service service, int replica, String name, Map<String, String> variables)
            throws IOException {
        Path archive = options.repository().resolve(service.folder()).resolve("target/parley.jsa");
        return JavaCommand.ofJar(SERVICE_JVM, jar(options, service))
                .with(new JavaCommand.Archive(archive, replica == 1))
                .start(variables, folder.log(name));
    }

    EmbeddedBroker broker() {
        List<String> jvmOptions = new ArrayList<>(EmbeddedBroker.Settings.SMALL_JVM);
        jvmOptions.add("-Djava.util.logging.config.class=" + QuietLogging.class.getName());
        jvmOptions.addAll(archiveOptions("kafka"));
        return new EmbeddedBroker(
                new EmbeddedBroker.Settings(
                        folder.kafka(), ports.kafka(), ports.kafkaController(), jvmOptions));
    }

    Process provider() throws IOException {
        return JavaCommand.ofMain(
                        smallJvm("simulated-provider"),
                        SimulatedProvider.class.getName(),
                        String.valueOf(ports.provider()),
                        "--with-parent")
                .start(Map.of(), folder.log("simulated-provider"));
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
                        smallJvm("edge"),
                        Edge.class.getName(),
                        folder.edgeConfiguration().toString())
                .start(Map.of(), folder.log("edge"));
    }

    private static List<String> smallJvm(String name) {
        return Stream.concat(SMALL_JVM.stream(), archiveOptions(name).stream()).toList();
    }

    private static List<String> archiveOptions(String name) {
        return JavaCommand.archiveBesideTheLauncher(name)
                .map(JavaCommand.Archive::options)
                .orElse(List.of());
    }
}
