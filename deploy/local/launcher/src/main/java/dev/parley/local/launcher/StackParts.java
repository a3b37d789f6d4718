package dev.parley.local.launcher;

import dev.parley.local.embedded.DatabaseServer;
import dev.parley.local.embedded.EmbeddedBroker;
import dev.parley.local.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of a stack, in the order in which they need each other. */
final class StackParts {
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    private final StackOptions options;
    private final StackFolder folder;
    private final ModelProvider provider;
    private final Ports ports;
    private final Launches.Caches caching;
    private final Secrets secrets;
    private final Guard guard;
    private final Optional<DatabaseServer> external = DatabaseServer.ofEnvironment();
    private final Database database;
    private final EmbeddedBroker broker;
    private final Child kafka;
    private final Optional<Child> simulatedProvider;
    private final Child edge;
    private final Map<Service, List<Child>> services = new LinkedHashMap<>();
    private boolean announced;
    private boolean stopped;

    StackParts(
            StackOptions options,
            StackFolder folder,
            ModelProvider provider,
            Launches.Caches caching)
            throws IOException {
        this.options = options;
        this.folder = folder;
        this.provider = provider;
        this.ports = Ports.of(options);
        this.secrets = Secrets.of(folder);
        this.guard = new Guard(folder);
        this.database =
                external.map(Database::external)
                        .orElseGet(
                                () ->
                                        Database.embedded(
                                                new EmbeddedDatabase.Settings(
                                                        folder.postgres(),
                                                        ports.postgres(),
                                                        secrets.superuser(),
                                                        true),
                                                options.restart(),
                                                this::changed));
        this.caching = caching;
        Launches launches = new Launches(options, folder, ports, caching);
        this.broker = launches.broker();
        this.kafka = child("kafka", broker::launch);
        this.simulatedProvider =
                provider.kind() == ModelProvider.Kind.SIMULATED
                        ? Optional.of(child("simulated-provider", launches::provider))
                        : Optional.empty();
        this.edge = child("edge", launches::edge);
        ServiceEnvironment environment =
                new ServiceEnvironment(
                        ports,
                        secrets,
                        database.server(),
                        broker.bootstrapServers(),
                        origin(),
                        provider,
                        options.settings());
        for (Service service : Service.values()) {
            List<Child> replicas = new ArrayList<>();
            for (int replica = 1; replica <= options.replicas(); replica++) {
                Map<String, String> variables = environment.of(service, replica);
                String name = nameOf(service, replica);
                replicas.add(child(name, () -> launches.service(service, name, variables)));
            }
            services.put(service, List.copyOf(replicas));
        }
    }

    private Child child(String name, Child.Launch launch) {
        return new Child(name, launch, options.restart(), this::changed);
    }

    private static String nameOf(Service service, int replica) {
        return replica == 1 ? service.folder() : service.folder() + "-" + replica;
    }

    /** The address that clients use. */
    String origin() {
        return "http://localhost:" + ports.edge();
    }

    Secrets secrets() {
        return secrets;
    }

    /** Fails if something that a start needs is missing or taken; nothing has been started then. */
    void check() {
        List<String> missing =
                Stream.of(Service.values())
                        .filter(service -> !Files.exists(Launches.jar(options, service)))
                        .map(Service::folder)
                        .toList();
        if (!missing.isEmpty()) {
            throw new StackFailure("Not built: " + String.join(", ", missing));
        }
        checkPorts(options, provider);
    }

    static void checkPorts(StackOptions options, ModelProvider provider) {
        Ports.refuseTaken(
                Ports.of(options)
                        .all(
                                provider.kind() == ModelProvider.Kind.SIMULATED,
                                DatabaseServer.ofEnvironment().isEmpty()));
    }

    void start(Progress progress) throws IOException {
        for (Part part : all().toList()) {
            folder.startLog(part.name());
        }
        Files.deleteIfExists(folder.description());
        guard.start();
        simulatedProvider.ifPresent(StackParts::start);
        kafka.start();
        startDatabase();
        progress.say("PostgreSQL is ready.");
        awaitBroker();
        Topics.create(broker.bootstrapServers());
        progress.say("Kafka is ready.");
        Stream.concat(services.values().stream().flatMap(List::stream), Stream.of(edge))
                .forEach(StackParts::start);
        new Readiness(ports, services).await(START_PATIENCE, folder, progress);
        new EdgeView(origin()).await(START_PATIENCE);
    }

    /** From now on {@code stack.json} says what runs: who reads it finds all else in its place. */
    void announce() {
        synchronized (this) {
            announced = true;
        }
        changed();
    }

    private static void start(Child child) {
        try {
            child.start();
        } catch (IOException e) {
            throw new UncheckedIOException(child.name() + " cannot be started", e);
        }
    }

    private void startDatabase() {
        try {
            database.start();
        } catch (UncheckedIOException e) {
            throw new StackFailure(String.valueOf(e.getMessage()), e);
        }
        for (Service service : Service.values()) {
            database.server()
                    .createOwnedDatabase(
                            service.database(), service.database(), secrets.database(service));
        }
    }

    private void awaitBroker() {
        if (!Readiness.within(START_PATIENCE, () -> broker.ready() || kafka.deaths() > 0)) {
            throw new StackFailure("Kafka does not become ready; see " + folder.log("kafka"));
        }
        if (!broker.ready()) {
            throw new StackFailure("Kafka does not start; see " + broker.log());
        }
    }

    void awaitReady(Duration patience) {
        new Readiness(ports, services).await(patience, folder, Progress.silent());
        new EdgeView(origin()).await(patience);
    }

    private Stream<Part> all() {
        Stream<Part> others =
                Stream.of(Stream.of(database, kafka, edge), simulatedProvider.stream())
                        .flatMap(it -> it);
        return Stream.concat(others, services.values().stream().flatMap(List::stream));
    }

    Part part(String name, int replica) {
        Optional<Service> service = Service.named(name);
        if (service.isPresent()) {
            List<Child> replicas = services.getOrDefault(service.get(), List.of());
            if (replica < 1 || replica > replicas.size()) {
                throw new IllegalArgumentException(name + " has replicas 1 to " + replicas.size());
            }
            return replicas.get(replica - 1);
        }
        return all().filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part is called " + name));
    }

    void bringBack(String name, int replica) {
        switch (part(name, replica)) {
            case Child child -> child.startAgain();
            case Database postgres -> postgres.startAgain();
            default -> throw new IllegalArgumentException(name + " cannot be brought back");
        }
    }

    StackDescription describe() {
        Map<String, List<StackDescription.Replica>> replicas = new LinkedHashMap<>();
        services.forEach(
                (service, children) -> {
                    List<StackDescription.Replica> one = new ArrayList<>();
                    for (int replica = 1; replica <= children.size(); replica++) {
                        one.add(
                                new StackDescription.Replica(
                                        "http://127.0.0.1:" + ports.http(service, replica),
                                        "http://127.0.0.1:" + ports.management(service, replica),
                                        children.get(replica - 1).pid().orElse(0)));
                    }
                    replicas.put(service.folder(), one);
                });
        Map<String, Long> processes = new LinkedHashMap<>();
        processes.put("launcher", ProcessHandle.current().pid());
        all().filter(part -> Service.named(part.name()).isEmpty())
                .filter(part -> services.values().stream().noneMatch(it -> it.contains(part)))
                .forEach(part -> part.pid().ifPresent(pid -> processes.put(part.name(), pid)));
        return new StackDescription(
                origin(),
                new StackDescription.Provider(provider.kind().code(), provider.url()),
                replicas,
                new StackDescription.Postgres(
                        database.server().url("postgres"),
                        database.server().user(),
                        database.server().password()),
                new StackDescription.Kafka(broker.bootstrapServers()),
                processes);
    }

    /** A process is new or gone: the guard has to know, and so has whoever reads stack.json. */
    private synchronized void changed() {
        if (stopped) {
            return;
        }
        try {
            guard.cover(all().flatMapToLong(part -> part.pid().stream()));
            if (announced) {
                describe().write(folder.description());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills all there is, also JVMs that make caches for those that have ended. */
    void abandon() {
        all().forEach(Part::killWithHelpers);
    }

    /** Stops all there is: who asks first, then who answers. Does nothing the second time. */
    void stop() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
        }
        try {
            Files.deleteIfExists(folder.description());
            List<Child> asking = new ArrayList<>(List.of(edge));
            services.values().forEach(asking::addAll);
            switch (caching) {
                case USE -> asking.forEach(Child::askToStop);
                case MAKE -> Child.stopWithCaches(asking);
            }
            asking.forEach(Child::stop);
            simulatedProvider.ifPresent(Child::stop);
            kafka.stop();
            database.stop();
            guard.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
