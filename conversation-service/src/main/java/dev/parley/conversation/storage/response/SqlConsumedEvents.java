package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.response.ConsumedEvents;
import dev.parley.conversation.storage.message.Database;
import dev.parley.conversation.storage.message.Database.Values;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Events in the table {@code consumed_event}. */
@ApplicationScoped
class SqlConsumedEvents implements ConsumedEvents {
    private final Database database;

    @Inject
    SqlConsumedEvents(Database database) {
        this.database = database;
    }

    @Override
    public Set<String> consume(Collection<String> eventIds, Instant now) {
        return new HashSet<>(
                database.query(
                        """
                        INSERT INTO consumed_event (id, consumed_at)
                        SELECT DISTINCT e.id, ?::timestamptz FROM unnest(?::text[]) AS e (id)
                        ON CONFLICT DO NOTHING RETURNING id
                        """,
                        row -> row.getString("id"),
                        now,
                        Values.texts(eventIds)));
    }

    @Override
    public void forget(Instant before) {
        database.update("DELETE FROM consumed_event WHERE consumed_at < ?", before);
    }
}
