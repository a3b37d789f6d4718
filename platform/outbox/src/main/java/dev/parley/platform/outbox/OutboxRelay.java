package dev.parley.platform.outbox;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the outbox holds to Kafka. One relay per database is at work: the one that holds the
 * advisory lock, which PostgreSQL gives up with the connection, so another replica follows a dead
 * one by itself. An event may be sent again after a crash, never skipped.
 */
@ApplicationScoped
class OutboxRelay {
    private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());
    private static final Duration LOCK_RETRY = Duration.ofSeconds(1);
    private static final Duration CLEANING_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(5);

    private final AgroalDataSource database;
    private final OutboxTable table;
    private final EventSender sender;
    private final OutboxSignal signal;
    private final OutboxConfig config;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;
    private final RestingTopics resting;
    private Instant cleanAt = Instant.EPOCH;

    @Inject
    OutboxRelay(
            AgroalDataSource database,
            OutboxTable table,
            EventSender sender,
            OutboxSignal signal,
            OutboxConfig config) {
        this.database = database;
        this.table = table;
        this.sender = sender;
        this.signal = signal;
        this.config = config;
        this.resting = new RestingTopics(config.longestBackOff(), config.longestRest());
    }

    void start(@Observes StartupEvent started) {
        if (config.relay()) {
            thread = Thread.ofPlatform().daemon().name("outbox-relay").start(this::run);
        }
    }

    /** After all who may still have something to tell. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent stopped)
            throws InterruptedException {
        stopping = true;
        signal.raise();
        Thread running = thread;
        if (running != null) {
            running.join(SHUTDOWN_PATIENCE);
            running.interrupt();
        }
        sender.close();
    }

    private void run() {
        Duration backOff = config.pollInterval();
        boolean failing = false;
        while (!stopping) {
            try {
                relayWhileElected();
                failing = false;
                backOff = config.pollInterval();
            } catch (InterruptedException interrupted) {
                return;
            } catch (VirtualMachineError fatal) {
                throw fatal;
            } catch (SQLException | RuntimeException | Error failure) {
                if (!failing) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "events wait in the outbox: {0}",
                            failure.toString());
                }
                failing = true;
                backOff = longer(backOff);
            }
            pause(failing ? backOff : LOCK_RETRY);
        }
    }

    /** Returns when another replica is elected or this one stops. */
    private void relayWhileElected() throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            if (!table.elect(connection)) {
                return;
            }
            try {
                relay(connection);
            } finally {
                table.resign(connection);
            }
        }
    }

    private void relay(Connection connection) throws SQLException, InterruptedException {
        while (true) {
            long begun = System.nanoTime();
            cleanNowAndThen(connection);
            List<OutboxTable.Waiting> waiting =
                    table.waiting(connection, resting.topics(begun), config.batchSize());
            if (waiting.isEmpty()) {
                if (stopping) {
                    return;
                }
                signal.await(config.pollInterval());
                continue;
            }
            EventSender.Sent sent = sender.send(waiting, config.sendTimeout());
            table.markSent(connection, sent.sequences());
            if (sent.sequences().isEmpty()) {
                throw new KafkaException("Kafka took no event: " + sent.failures());
            }
            resting.after(sent, begun, System.nanoTime());
            if (waiting.size() < config.batchSize()) {
                pause(config.roundInterval().minusNanos(System.nanoTime() - begun));
            }
        }
    }

    private void cleanNowAndThen(Connection connection) throws SQLException {
        Instant now = Instant.now();
        if (now.isAfter(cleanAt)) {
            boolean more = table.deleteSentBefore(connection, now.minus(config.keepSent()));
            cleanAt = more ? now : now.plus(CLEANING_INTERVAL);
        }
    }

    private Duration longer(Duration backOff) {
        Duration doubled = backOff.multipliedBy(2);
        return doubled.compareTo(config.longestBackOff()) > 0 ? config.longestBackOff() : doubled;
    }

    private void pause(Duration duration) {
        try {
            if (!stopping && duration.isPositive()) {
                Thread.sleep(duration);
            }
        } catch (InterruptedException interrupted) {
            stopping = true;
        }
    }
}
