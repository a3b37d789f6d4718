package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.response.ConsumedEvents;
import dev.parley.conversation.storage.message.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Events in the table {@code consumed_event}. */
@ApplicationScoped
class SqlConsumedEvents implements ConsumedEvents {
    private final Database database;

    @Inject
    SqlConsumedEvents(Database database) {
        this.database = database;
    }

    @Override
    public boolean consume(String eventId, Instant now) {
        return database.update(
                        """
                        INSERT INTO consumed_event (id, consumed_at) VALUES (?, ?)
                        ON CONFLICT DO NOTHING
                        """,
                        eventId,
                        now)
                == 1;
    }

    @Override
    public void forget(Instant before) {
        database.update("DELETE FROM consumed_event WHERE consumed_at < ?", before);
    }
}
