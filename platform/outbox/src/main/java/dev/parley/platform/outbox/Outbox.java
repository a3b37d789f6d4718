package dev.parley.platform.outbox;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/** Where events are put, in the transaction of what they tell of. */
@ApplicationScoped
public class Outbox {
    private static final String INSERT =
            """
            insert into outbox
                (id, topic, event_key, type, subject, occurred_at, traceparent, baggage, data)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final AgroalDataSource database;
    private final TransactionSynchronizationRegistry transactions;
    private final OutboxSignal signal;

    @Inject
    Outbox(
            AgroalDataSource database,
            TransactionSynchronizationRegistry transactions,
            OutboxSignal signal) {
        this.database = database;
        this.transactions = transactions;
        this.signal = signal;
    }

    /**
     * Puts an event into the current JTA transaction; it leaves after the commit.
     *
     * @throws IllegalStateException without an active transaction
     */
    public void append(OutboxEvent event) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("an event needs the transaction of its cause");
        }
        try (Connection connection = database.getConnection()) {
            insert(connection, List.of(event));
        } catch (SQLException failure) {
            throw new IllegalStateException("the event could not be stored", failure);
        }
        transactions.registerInterposedSynchronization(new WakeAfterCommit(signal));
    }

    /** Puts events into a connection's own transaction; the relay finds them by its next poll. */
    public void append(Connection connection, List<OutboxEvent> events) throws SQLException {
        insert(connection, events);
    }

    /** What a transaction does beside its events. */
    @FunctionalInterface
    public interface Work {
        void with(Connection connection) throws SQLException;
    }

    /** Commits a transaction that holds nothing but these events: all of them or none. */
    public void commit(List<OutboxEvent> events) throws SQLException {
        commit(events, connection -> {});
    }

    /** Commits a transaction that holds these events and what is done beside: all of it or none. */
    public void commit(List<OutboxEvent> events, Work beside) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                insert(connection, events);
                beside.with(connection);
                connection.commit();
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        signal.raise();
    }

    private static void insert(Connection connection, List<OutboxEvent> events)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (OutboxEvent event : events) {
                insert.setObject(1, event.id());
                insert.setString(2, event.topic());
                insert.setString(3, event.key());
                insert.setString(4, event.type());
                insert.setString(5, event.subject());
                insert.setObject(6, event.time().atOffset(ZoneOffset.UTC));
                insert.setString(7, event.traceparent());
                insert.setString(8, event.baggage());
                insert.setString(9, event.json());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private record WakeAfterCommit(OutboxSignal signal) implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                signal.raise();
            }
        }
    }
}
