package dev.parley.platform.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The relay's view of the table. */
@ApplicationScoped
class OutboxTable {
    /** Any number that no other advisory lock of the database uses. */
    private static final long RELAY_LOCK = 0x7061726c6579L;

    private static final int CLEANING_BATCH = 2_000;

    /** An event in its place in the queue. */
    record Waiting(long sequence, OutboxEvent event) {}

    /**
     * Makes the connection the relay's, if no other is. Its commits do not wait for the disk then:
     * a mark that a crash of the database forgets is an event that is sent again.
     */
    boolean elect(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, RELAY_LOCK);
            try (ResultSet answer = lock.executeQuery()) {
                if (!answer.next() || !answer.getBoolean(1)) {
                    return false;
                }
            }
        }
        execute(connection, "set synchronous_commit = off");
        return true;
    }

    void resign(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        execute(connection, "reset synchronous_commit");
        try (PreparedStatement unlock =
                connection.prepareStatement("select pg_advisory_unlock(?)")) {
            unlock.setLong(1, RELAY_LOCK);
            unlock.execute();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first that wait, but for those of some topics. */
    List<Waiting> waiting(Connection connection, Collection<String> except, int most)
            throws SQLException {
        String sql =
                """
                select sequence, id, topic, event_key, type, subject, occurred_at, traceparent,
                       baggage, data
                from outbox
                where sent_at is null and topic <> all (?)
                order by sequence
                limit ?
                """;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("text", except.toArray()));
            query.setInt(2, most);
            List<Waiting> waiting = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    waiting.add(
                            new Waiting(
                                    row.getLong("sequence"),
                                    new OutboxEvent(
                                            row.getObject("id", UUID.class),
                                            row.getString("topic"),
                                            row.getString("event_key"),
                                            row.getString("type"),
                                            row.getString("subject"),
                                            row.getObject("occurred_at", OffsetDateTime.class)
                                                    .toInstant(),
                                            row.getString("data"),
                                            row.getString("traceparent"),
                                            row.getString("baggage"))));
                }
            }
            return waiting;
        }
    }

    void markSent(Connection connection, List<Long> sequences) throws SQLException {
        if (sequences.isEmpty()) {
            return;
        }
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update outbox set sent_at = now() where sequence = any (?)")) {
            update.setArray(1, connection.createArrayOf("bigint", sequences.toArray()));
            update.executeUpdate();
        }
    }

    /** Deletes some of what was sent before then; answers whether there may be more of it. */
    boolean deleteSentBefore(Connection connection, Instant horizon) throws SQLException {
        String sql =
                """
                delete from outbox
                where sequence in (select sequence from outbox where sent_at < ? limit %d)
                """
                        .formatted(CLEANING_BATCH);
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setObject(1, horizon.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate() == CLEANING_BATCH;
        }
    }

    /** How many events wait and for how long the oldest has, for the gauges. */
    Backlog backlog(Connection connection) throws SQLException {
        String sql =
                """
                select count(*), coalesce(extract(epoch from now() - min(occurred_at)), 0)
                from outbox
                where sent_at is null
                """;
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            row.next();
            return new Backlog(row.getLong(1), row.getDouble(2));
        }
    }

    /**
     * What waits.
     *
     * @param events the number of unsent events
     * @param oldestAgeSeconds the age of the oldest, in seconds; 0 when none waits
     */
    record Backlog(long events, double oldestAgeSeconds) {}
}
