package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.ForgetPayloads;
import dev.parley.gateway.app.generation.KeepPayloads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Has payloads kept while this replica runs, and deleted when their time is over. */
@ApplicationScoped
class PayloadSchedule {
    private static final System.Logger LOG = System.getLogger(PayloadSchedule.class.getName());
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final KeepPayloads keepPayloads;
    private final ForgetPayloads forgetPayloads;
    private volatile @Nullable Thread thread;

    @Inject
    PayloadSchedule(KeepPayloads keepPayloads, ForgetPayloads forgetPayloads) {
        this.keepPayloads = keepPayloads;
        this.forgetPayloads = forgetPayloads;
    }

    void start(@Observes StartupEvent started) {
        thread = Thread.ofVirtual().name("payloads").start(keepPayloads::run);
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        keepPayloads.stop();
        Thread running = thread;
        if (running != null) {
            running.join(FLUSH);
        }
    }

    @Scheduled(
            every = "${parley.payload-log.clean-up-interval:1m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        try {
            forgetPayloads.handle();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "payloads stay: {0}", failure.toString());
        }
    }
}
