package dev.parley.gateway.storage.generation;

import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;

/** Events of their own, stored together or, when that is refused, one by one. */
@ApplicationScoped
class OutboxInserts {
    private static final System.Logger LOG = System.getLogger(OutboxInserts.class.getName());
    private static final String DATA_EXCEPTION = "22";
    private static final String CONSTRAINT_VIOLATION = "23";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Outbox outbox;

    @Inject
    OutboxInserts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** All or none. */
    void commit(List<OutboxEvent> events) throws SQLException {
        outbox.commit(events);
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
