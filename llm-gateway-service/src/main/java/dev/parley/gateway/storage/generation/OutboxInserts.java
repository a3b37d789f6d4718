package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.generation.ClaimEnd;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Usage records and how their calls' claims ended, stored together or, when that is refused, each
 * call's by themselves.
 */
@ApplicationScoped
class OutboxInserts {
    private static final System.Logger LOG = System.getLogger(OutboxInserts.class.getName());
    private static final String DATA_EXCEPTION = "22";
    private static final String CONSTRAINT_VIOLATION = "23";
    private static final String UNIQUE_VIOLATION = "23505";

    /** What one call leaves. */
    record Entry(OutboxEvent event, @Nullable ClaimEnd claim) {}

    private final AgroalDataSource database;
    private final Outbox outbox;

    @Inject
    OutboxInserts(AgroalDataSource database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /** All or none. */
    void commit(List<Entry> entries) throws SQLException {
        List<OutboxEvent> events = entries.stream().map(Entry::event).toList();
        List<ClaimEnd> claims =
                entries.stream().map(Entry::claim).filter(Objects::nonNull).toList();
        if (claims.isEmpty()) {
            outbox.commit(events);
            return;
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                outbox.append(connection, events);
                JdbcAnswerClaims.end(connection, claims);
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
    void commitEach(List<Entry> entries) throws SQLException {
        for (Entry entry : entries) {
            try {
                commit(List.of(entry));
            } catch (SQLException failure) {
                if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                    continue;
                }
                if (!isAboutTheData(failure)) {
                    throw failure;
                }
                LOG.log(Level.ERROR, "event " + entry.event().id() + " can not be stored", failure);
            }
        }
    }

    private static boolean isAboutTheData(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith(DATA_EXCEPTION) || state.startsWith(CONSTRAINT_VIOLATION));
    }
}
