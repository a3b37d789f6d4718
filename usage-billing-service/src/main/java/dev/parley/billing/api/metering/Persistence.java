package dev.parley.billing.api.metering;

import dev.parley.platform.web.Outages;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Does work that an outage may interrupt until it is done: an event is never skipped. */
public final class Persistence {
    private static final System.Logger LOG = System.getLogger(Persistence.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Persistence() {}

    /** The service ends while events wait: they are neither done nor parked, and come again. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped(InterruptedException cause) {
            super("stopped while events waited", cause);
        }
    }

    /**
     * Tries again after an outage; any other failure is the caller's. A dying connection may raise
     * an {@link Error} of the driver's own, which is an outage too; the virtual machine's is not.
     *
     * @param events what it is that waits, for the log
     * @throws Stopped when the service ends before the outage does
     */
    public static void untilDone(List<? extends ConsumerRecord<?, byte[]>> events, Runnable work) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                work.run();
                return;
            } catch (RuntimeException | Error failure) {
                if (!mayPass(failure)) {
                    throw failure;
                }
                LOG.log(
                        System.Logger.Level.WARNING,
                        "events wait for the database: {0}: {1}",
                        failure.toString(),
                        Events.named(events));
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new Stopped(stopped);
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    private static boolean mayPass(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof Error error) {
                return !(error instanceof VirtualMachineError);
            }
            cause = cause.getCause();
        }
        return Outages.isOutage(failure);
    }
}
