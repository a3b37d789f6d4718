package dev.parley.testing.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Puts load on one target at a time, from one event loop. */
final class LoadGenerator implements AutoCloseable {
    private final Vertx vertx =
            Vertx.vertx(
                    new VertxOptions()
                            .setEventLoopPoolSize(1)
                            .setWorkerPoolSize(1)
                            .setInternalBlockingPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final int expectedTokens;

    LoadGenerator(int expectedTokens) {
        this.expectedTokens = expectedTokens;
    }

    /** Loads for {@code leadIn}, which is not measured, and for {@code measured}; then waits. */
    Observations run(Target target, boolean stream, Load load, Duration leadIn, Duration measured) {
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        Calls calls =
                new Calls(
                        vertx,
                        target,
                        stream,
                        expectedTokens,
                        start + leadIn.toNanos(),
                        start + leadIn.plus(measured).toNanos());
        CompletableFuture<Observations> finished = new CompletableFuture<>();
        loop.runOnContext(ready -> calls.open(finished));
        switch (load) {
            case Load.Closed closed ->
                    loop.runOnContext(
                            ready -> {
                                for (int i = 0; i < closed.callers(); i++) {
                                    calls.keepCalling();
                                }
                            });
            case Load.Open open -> pace(calls, start, open.during(leadIn.plus(measured).toNanos()));
        }
        loop.runOnContext(ready -> calls.noMore());
        return finished.join();
    }

    /** Its own thread keeps the time: the loop's timers are no finer than a millisecond. */
    private void pace(Calls calls, long start, Arrivals arrivals) {
        int count = arrivals.count();
        for (int i = 0; i < count; i++) {
            long due = start + arrivals.dueAt(i);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            loop.runOnContext(ready -> calls.call(due));
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
