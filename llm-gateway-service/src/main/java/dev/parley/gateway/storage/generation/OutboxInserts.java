package dev.parley.gateway.storage.generation;

import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Transactions that hold nothing but events. */
@ApplicationScoped
class OutboxInserts {
    private static final System.Logger LOG = System.getLogger(OutboxInserts.class.getName());
    private static final String DATA_EXCEPTION = "22";
    private static final String CONSTRAINT_VIOLATION = "23";
    private static final String UNIQUE_VIOLATION = "23505";

    private final AgroalDataSource database;
    private final Outbox outbox;

    @Inject
    OutboxInserts(AgroalDataSource database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /** All or none. */
    void commit(List<OutboxEvent> events) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                outbox.append(connection, events);
                connection.commit();
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        outbox.wake();
    }

    /**
     * One by one, after a commit whose outcome is not known: what is there already is left, and
     * what the database will never take does not hold up the others.
     */
    void commitEach(List<OutboxEvent> events) throws SQLException {
        for (OutboxEvent event : events) {
            try {
                commit(List.of(event));
            } catch (SQLException failure) {
                if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                    continue;
                }
                if (!isAboutTheData(failure)) {
                    throw failure;
                }
                LOG.log(Level.ERROR, "event " + event.id() + " can not be stored", failure);
            }
        }
    }

    private static boolean isAboutTheData(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith(DATA_EXCEPTION) || state.startsWith(CONSTRAINT_VIOLATION));
    }
}
