package dev.parley.local.launcher;

import dev.parley.local.embedded.Logs;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Waits until every service says on its management port that it is ready. */
final class Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int DEATHS_TO_GIVE_UP = 3;

    private final Ports ports;
    private final Map<Service, List<Child>> services;

    Readiness(Ports ports, Map<Service, List<Child>> services) {
        this.ports = ports;
        this.services = services;
    }

    private record Waiting(Child child, int management) {}

    void await(Duration patience, StackFolder folder, Progress progress) {
        Set<Waiting> waiting = new LinkedHashSet<>();
        services.forEach(
                (service, children) -> {
                    for (int replica = 1; replica <= children.size(); replica++) {
                        waiting.add(
                                new Waiting(
                                        children.get(replica - 1),
                                        ports.management(service, replica)));
                    }
                });
        long begun = System.nanoTime();
        boolean all =
                within(
                        patience,
                        () -> {
                            waiting.removeIf(
                                    it -> {
                                        giveUpOn(it, folder);
                                        boolean ready = ready(it.management());
                                        if (ready) {
                                            progress.say(
                                                    it.child().name()
                                                            + " is ready ("
                                                            + Progress.seconds(since(begun))
                                                            + ").");
                                        }
                                        return ready;
                                    });
                            return waiting.isEmpty();
                        });
        if (!all) {
            Child first = waiting.iterator().next().child();
            throw new StackFailure(
                    first.name() + " does not become ready:\n" + lastWords(first, folder));
        }
    }

    private static void giveUpOn(Waiting waiting, StackFolder folder) {
        Child child = waiting.child();
        if (child.deaths() >= (child.restarts() ? DEATHS_TO_GIVE_UP : 1)) {
            throw new StackFailure(child.name() + " does not start:\n" + lastWords(child, folder));
        }
    }

    private static String lastWords(Child child, StackFolder folder) {
        return Logs.lastLines(folder.log(child.name()), 25)
                + "\nThe whole log: "
                + folder.log(child.name());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    static boolean ready(int management) {
        try {
            return new Origin("http://127.0.0.1:" + management, PATIENCE)
                    .get("/q/health/ready")
                    .succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    static boolean within(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(Duration.ofMillis(150));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
