package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.generation.ClaimEnd;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
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

    private final Outbox outbox;
    private final ClaimEnds claimEnds;

    @Inject
    OutboxInserts(Outbox outbox, ClaimEnds claimEnds) {
        this.outbox = outbox;
        this.claimEnds = claimEnds;
    }

    /** All or none. */
    void commit(List<Entry> entries) throws SQLException {
        List<ClaimEnd> ends = entries.stream().map(Entry::claim).filter(Objects::nonNull).toList();
        outbox.commit(
                entries.stream().map(Entry::event).toList(),
                connection -> {
                    if (!ends.isEmpty()) {
                        claimEnds.store(connection, ends);
                    }
                });
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
