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
    private final JdbcAnswerClaims claims;

    @Inject
    OutboxInserts(AgroalDataSource database, Outbox outbox, JdbcAnswerClaims claims) {
        this.database = database;
        this.outbox = outbox;
        this.claims = claims;
    }

    /** All or none. */
    void commit(List<Entry> entries) throws SQLException {
        List<ClaimEnd> ends = entries.stream().map(Entry::claim).filter(Objects::nonNull).toList();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                outbox.append(connection, entries.stream().map(Entry::event).toList());
                if (!ends.isEmpty()) {
                    claims.end(connection, ends);
                }
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
     * what the database will never take does not hold up the others. An answer that it does not
     * take is left out, rather than the event.
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
                if (entry.claim() != null) {
                    commitEach(List.of(new Entry(entry.event(), null)));
                }
            }
        }
    }

    private static boolean isAboutTheData(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith(DATA_EXCEPTION) || state.startsWith(CONSTRAINT_VIOLATION));
    }
}
