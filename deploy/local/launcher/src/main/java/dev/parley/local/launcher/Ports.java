package dev.parley.local.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Which port of the loopback address belongs to whom. */
record Ports(int edge, int base, int replicas) {
    /** How many ports from the base on are spoken for. */
    static final int SPAN = 200;

    private static final int BALANCERS = 10;
    private static final int SERVICES = 100;
    private static final int PER_SERVICE = 2 * StackOptions.MOST_REPLICAS;

    /** A port and what it is for. */
    record Use(int port, String purpose) {}

    static Ports of(StackOptions options) {
        return new Ports(options.port(), options.basePort(), options.replicas());
    }

    /** Whether {@code port} is one of those that begin at {@code base}. */
    static boolean span(int base, int port) {
        return port >= base && port < base + SPAN;
    }

    int postgres() {
        return base;
    }

    int kafka() {
        return base + 1;
    }

    int kafkaController() {
        return base + 2;
    }

    int provider() {
        return base + 3;
    }

    /** Where the other services find {@code service} when it has several replicas. */
    int balancer(Service service) {
        return base + BALANCERS + service.place();
    }

    int http(Service service, int replica) {
        return base + SERVICES + service.place() * PER_SERVICE + 2 * (replica - 1);
    }

    int management(Service service, int replica) {
        return http(service, replica) + 1;
    }

    List<Use> all(boolean ownProvider, boolean ownPostgres) {
        List<Use> uses = new ArrayList<>();
        uses.add(new Use(edge, "the edge"));
        if (ownPostgres) {
            uses.add(new Use(postgres(), "PostgreSQL"));
        }
        uses.add(new Use(kafka(), "Kafka"));
        uses.add(new Use(kafkaController(), "Kafka's controller"));
        if (ownProvider) {
            uses.add(new Use(provider(), "the simulated provider"));
        }
        for (Service service : Service.values()) {
            if (replicas > 1) {
                uses.add(new Use(balancer(service), service.folder() + "'s balancer"));
            }
            for (int replica = 1; replica <= replicas; replica++) {
                uses.add(new Use(http(service, replica), service.folder()));
                uses.add(new Use(management(service, replica), service.folder() + " management"));
            }
        }
        return uses;
    }

    static List<Use> taken(List<Use> uses) {
        return uses.stream().filter(use -> !free(use.port())).toList();
    }

    static void refuseTaken(List<Use> uses) {
        List<Use> taken = taken(uses);
        if (!taken.isEmpty()) {
            throw new StackFailure(
                    "These ports are taken by another program:"
                            + String.join("", taken.stream().map(Ports::describe).toList())
                            + "\nChoose others with --port and --base-port.");
        }
    }

    private static String describe(Use use) {
        return "\n  " + use.port() + " (" + use.purpose() + ")";
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A base below the system's own short-lived ports, from which all that a stack may use is free.
     */
    static int freeBase() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int base = ThreadLocalRandom.current().nextInt(19_000, 32_000);
            Ports candidate = new Ports(base + SPAN, base, StackOptions.MOST_REPLICAS);
            if (taken(candidate.all(true, true)).isEmpty()) {
                return base;
            }
        }
        throw new IllegalStateException("no run of free ports");
    }
}
