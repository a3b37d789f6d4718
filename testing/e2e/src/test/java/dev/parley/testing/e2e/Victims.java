package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The replicas that tests have ended: that those which were killed really died and others came in
 * their place, and what all of them had exported last.
 */
final class Victims implements Stack.Processes {
    private static final Duration DEAD_WITHIN = Duration.ofSeconds(5);

    private final Stack stack;
    private final Stack.Processes processes;
    private final List<Death> deaths = new CopyOnWriteArrayList<>();
    private final List<String> lastMetrics = new CopyOnWriteArrayList<>();

    private record Death(String service, int replica, long pid) {}

    Victims(Stack stack, Stack.Processes processes) {
        this.stack = stack;
        this.processes = processes;
    }

    @Override
    public void kill(String service, int replica) {
        long pid = pid(service, replica);
        assertThat(isAlive(pid)).as("%s %d lives: %d", service, replica, pid).isTrue();
        keepMetrics(service, replica);
        processes.kill(service, replica);
        eventually(
                DEAD_WITHIN,
                () -> assertThat(isAlive(pid)).as("%s %d is dead", service, replica).isFalse());
        deaths.add(new Death(service, replica, pid));
    }

    @Override
    public void takeAway(String name, int replica) {
        if (Stack.SERVICES.contains(name)) {
            keepMetrics(name, replica);
        }
        processes.takeAway(name, replica);
    }

    @Override
    public void bringBack(String name, int replica) {
        processes.bringBack(name, replica);
    }

    @Override
    public boolean areOurs() {
        return processes.areOurs();
    }

    /** In the place of each that was killed another process runs. */
    void assertReplaced() {
        for (Death death : deaths) {
            long now = pid(death.service(), death.replica());
            assertThat(now).as("the process after " + death).isNotEqualTo(death.pid());
            assertThat(isAlive(now)).as("the process after " + death).isTrue();
        }
    }

    /** What those that are gone had exported just before. */
    List<String> lastMetrics() {
        return List.copyOf(lastMetrics);
    }

    private long pid(String service, int replica) {
        return stack.pids(service).get(replica - 1);
    }

    private void keepMetrics(String service, int replica) {
        URI management = stack.management(service).get(replica - 1);
        try {
            lastMetrics.add(Metrics.of(management).text());
        } catch (UncheckedIOException notThere) {
            System.out.println(service + " " + replica + " exports nothing: " + notThere);
        }
    }

    private static boolean isAlive(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isPresent() && process.get().isAlive();
    }
}
