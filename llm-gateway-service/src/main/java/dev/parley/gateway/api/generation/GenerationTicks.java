package dev.parley.gateway.api.generation;

import dev.parley.gateway.app.generation.AnnounceCalls;
import dev.parley.gateway.app.generation.EndGenerations;
import dev.parley.gateway.app.generation.ExpireGenerations;
import dev.parley.gateway.app.generation.RenewClaims;
import dev.parley.gateway.app.generation.ReportProgress;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What is done for all open calls at once, again and again. The scheduler's own triggers are no
 * finer than a second, and a lease or a deadline that is looked at late is a longer gap in the
 * ledger.
 */
@ApplicationScoped
class GenerationTicks {
    private static final System.Logger LOG = System.getLogger(GenerationTicks.class.getName());
    private static final Duration PROGRESS = Duration.ofSeconds(2);
    private static final Duration DEADLINES = Duration.ofMillis(200);
    private static final Duration ANNOUNCEMENTS = Duration.ofMillis(200);
    private static final int BEFORE_RECORDS_ARE_FLUSHED = 1;

    /** For what cut calls still have to be told, until their connections are closed. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final AnnounceCalls announceCalls;
    private final ReportProgress reportProgress;
    private final ExpireGenerations expireGenerations;
    private final RenewClaims renewClaims;
    private final EndGenerations endGenerations;
    private final Duration shutdownDelay;
    private final Duration shutdownTimeout;
    private List<Cancellable> running = List.of();

    @Inject
    GenerationTicks(
            AnnounceCalls announceCalls,
            ReportProgress reportProgress,
            ExpireGenerations expireGenerations,
            RenewClaims renewClaims,
            EndGenerations endGenerations,
            @ConfigProperty(name = "quarkus.shutdown.delay") Duration shutdownDelay,
            @ConfigProperty(name = "quarkus.shutdown.timeout") Duration shutdownTimeout) {
        this.announceCalls = announceCalls;
        this.reportProgress = reportProgress;
        this.expireGenerations = expireGenerations;
        this.renewClaims = renewClaims;
        this.endGenerations = endGenerations;
        this.shutdownDelay = shutdownDelay;
        this.shutdownTimeout = shutdownTimeout;
    }

    void start(@Observes StartupEvent started) {
        running =
                List.of(
                        every(DEADLINES, expireGenerations::handle),
                        every(
                                ANNOUNCEMENTS,
                                () -> tell("calls are not announced", announceCalls.handle())),
                        every(
                                PROGRESS,
                                () -> tell("progress is not reported", reportProgress.handle())),
                        every(
                                PROGRESS,
                                () -> tell("claims are not renewed", renewClaims.handle())));
    }

    /** The server closes its connections before it tells anyone that it stops. */
    void announceStop(@Observes ShutdownDelayInitiatedEvent announced) {
        Duration left = shutdownDelay.plus(shutdownTimeout).minus(LAST_WORDS);
        CompletableFuture.delayedExecutor(left.toMillis(), TimeUnit.MILLISECONDS)
                .execute(endGenerations::handle);
    }

    void stop(@Observes @Priority(BEFORE_RECORDS_ARE_FLUSHED) ShutdownEvent stopped) {
        running.forEach(Cancellable::cancel);
        endGenerations.handle();
    }

    private static void tell(String otherwise, Uni<Void> work) {
        work.subscribe()
                .with(
                        done -> {},
                        failure ->
                                LOG.log(Level.WARNING, "{0}: {1}", otherwise, failure.toString()));
    }

    /** A failure is that of one tick; the next comes all the same. */
    private static Cancellable every(Duration pause, Runnable work) {
        return Multi.createFrom()
                .ticks()
                .every(pause)
                .onOverflow()
                .drop()
                .subscribe()
                .with(
                        tick -> {
                            try {
                                work.run();
                            } catch (RuntimeException failure) {
                                LOG.log(Level.ERROR, "a tick failed", failure);
                            }
                        });
    }
}
