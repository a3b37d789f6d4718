package dev.parley.local.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that the launcher started, watches, and starts again if it dies unasked. */
final class Child implements Part {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CACHE_PATIENCE = Duration.ofMinutes(3);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(Child.class.getName());

    /** How the process is started, each time anew. */
    interface Launch {
        Process start() throws IOException;
    }

    private final String name;
    private final Launch launch;
    private final boolean restart;
    private final Runnable changed;

    private @Nullable Process process;
    private boolean stopping;
    private @Nullable Process askedToEnd;
    private long startedNanos;
    private int quickDeaths;
    private int deaths;

    /**
     * Starts nothing yet.
     *
     * @param changed told of each new process
     */
    Child(String name, Launch launch, boolean restart, Runnable changed) {
        this.name = name;
        this.launch = launch;
        this.restart = restart;
        this.changed = changed;
    }

    void start() throws IOException {
        synchronized (this) {
            if (stopping) {
                return;
            }
            Process started = launch.start();
            process = started;
            startedNanos = System.nanoTime();
            var _ = started.onExit().thenAccept(this::ended);
        }
        changed.run();
    }

    private void ended(Process dead) {
        Duration pause;
        synchronized (this) {
            boolean quick = System.nanoTime() - startedNanos < LONG_ENOUGH.toNanos();
            quickDeaths = quick ? quickDeaths + 1 : 0;
            if (stopping || dead.equals(askedToEnd)) {
                return;
            }
            deaths++;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} ended with {1}",
                    name,
                    String.valueOf(dead.exitValue()));
            pause = Duration.ofMillis(Math.min(LONGEST_PAUSE.toMillis(), 100L << quickDeaths));
        }
        if (restart) {
            Thread.ofVirtual().name("restarts-" + name).start(() -> startAfter(pause));
        } else {
            changed.run();
        }
    }

    private void startAfter(Duration pause) {
        try {
            Thread.sleep(pause);
            start();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, name + " cannot be started again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Undoes {@link #stop}. */
    void startAgain() {
        synchronized (this) {
            stopping = false;
        }
        try {
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started again", e);
        }
    }

    /** Whether it comes back when it dies unasked. */
    boolean restarts() {
        return restart;
    }

    /** How often it has died unasked. */
    synchronized int deaths() {
        return deaths;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized OptionalLong pid() {
        return process != null && process.isAlive()
                ? OptionalLong.of(process.pid())
                : OptionalLong.empty();
    }

    @Override
    public void kill() {
        Process running = current();
        if (running != null) {
            running.destroyForcibly();
            await(running, PATIENCE);
        }
    }

    /** Asks it to end, without waiting. */
    void askToStop() {
        Process running;
        synchronized (this) {
            stopping = true;
            running = process;
            askedToEnd = running;
        }
        if (running != null) {
            running.destroy();
        }
    }

    @Override
    public void stop() {
        stop(PATIENCE);
    }

    /** Two at a time: each makes its cache now, which takes a processor and memory for a while. */
    static void stopWithCaches(List<Child> children) {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            children.forEach(child -> two.execute(() -> child.stop(CACHE_PATIENCE)));
        }
    }

    private void stop(Duration patience) {
        askToStop();
        Process running = current();
        if (running != null && !await(running, patience)) {
            running.destroyForcibly();
            await(running, PATIENCE);
        }
    }

    private synchronized @Nullable Process current() {
        return process;
    }

    private static boolean await(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
