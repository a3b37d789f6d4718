package dev.parley.local.edge;

import java.util.concurrent.atomic.AtomicInteger;

/** One process behind the edge, as all event loops see it. */
final class Replica {
    /** A poll that is not answered may mean a busy machine; one that says no means no. */
    private static final int SILENT_POLLS = 3;

    private final int port;
    private final int management;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean ready;
    private volatile int silentPolls;

    Replica(EdgeConfiguration.Replica configured) {
        this.port = configured.port();
        this.management = configured.management();
    }

    int port() {
        return port;
    }

    int management() {
        return management;
    }

    boolean ready() {
        return ready;
    }

    int inFlight() {
        return inFlight.get();
    }

    void enter() {
        inFlight.incrementAndGet();
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    void saidItIs(boolean nowReady) {
        silentPolls = 0;
        ready = nowReady;
    }

    void saidNothing() {
        int silent = silentPolls + 1;
        silentPolls = silent;
        if (silent >= SILENT_POLLS) {
            ready = false;
        }
    }

    /** Nobody listens there: out until a poll says otherwise. */
    void refusedAConnection() {
        ready = false;
    }
}
