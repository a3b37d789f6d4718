package dev.parley.platform.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds requests up in their midst until a test lets them go on. */
@ApplicationScoped
class Gate {
    private static final long PATIENCE_SECONDS = 20;

    private final Map<String, Closed> closed = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> arrivals = new ConcurrentHashMap<>();

    /** One of a name. */
    record Closed(CountDownLatch reached, CountDownLatch opened) {
        void awaitSomeone() {
            await(reached);
        }

        void open() {
            opened.countDown();
        }
    }

    /** Tells that a request of this name has come. */
    void arrive(String name) {
        arrivals.computeIfAbsent(name, ignored -> new Semaphore(0)).release();
    }

    void awaitArrivals(String name, int requests) {
        Semaphore come = arrivals.computeIfAbsent(name, ignored -> new Semaphore(0));
        try {
            if (!come.tryAcquire(requests, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("too few came");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    /** Whoever comes first with this name is held up. */
    Closed close(String name) {
        Closed gate = new Closed(new CountDownLatch(1), new CountDownLatch(1));
        closed.put(name, gate);
        return gate;
    }

    void pass(String name) {
        Closed gate = closed.remove(name);
        if (gate != null) {
            gate.reached().countDown();
            await(gate.opened());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }
}
