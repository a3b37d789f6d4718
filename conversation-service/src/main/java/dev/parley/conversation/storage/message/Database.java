package dev.parley.conversation.storage.message;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Statements on this service's database: inside the current transaction where there is one, else
 * each its own.
 */
@ApplicationScoped
public class Database {
    private final AgroalDataSource source;

    @Inject
    Database(AgroalDataSource source) {
        this.source = source;
    }

    /** Reads one row; null leaves it out. */
    @FunctionalInterface
    public interface Reader<T> {
        @Nullable T read(ResultSet row) throws SQLException;
    }

    /** An array argument, of PostgreSQL's type of that name. */
    public record Values(String type, List<? extends @Nullable Object> values) {
        public static Values uuids(Collection<? extends @Nullable UUID> ids) {
            return new Values("uuid", new ArrayList<>(ids));
        }

        public static Values texts(Collection<String> texts) {
            return new Values("text", List.copyOf(texts));
        }

        public static Values numbers(Collection<Integer> numbers) {
            return new Values("int4", List.copyOf(numbers));
        }

        public static Values booleans(Collection<Boolean> truths) {
            return new Values("bool", List.copyOf(truths));
        }

        public static Values longs(Collection<Long> numbers) {
            return new Values("int8", List.copyOf(numbers));
        }
    }

    public <T> List<T> query(String sql, Reader<T> reader, @Nullable Object... arguments) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    T value = reader.read(rows);
                    if (value != null) {
                        found.add(value);
                    }
                }
            }
            return found;
        } catch (SQLException failure) {
            throw new DatabaseException(failure);
        }
    }

    public <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... arguments) {
        return query(sql, reader, arguments).stream().findFirst();
    }

    public int update(String sql, @Nullable Object... arguments) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new DatabaseException(failure);
        }
    }

    private static void bind(
            Connection connection, PreparedStatement statement, @Nullable Object[] arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument instanceof Instant instant) {
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (argument instanceof Values array) {
                statement.setArray(
                        i + 1, connection.createArrayOf(array.type(), array.values().toArray()));
            } else {
                statement.setObject(i + 1, argument);
            }
        }
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static Instant instantOf(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    /** The database did not do what it was asked. */
    public static final class DatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseException(SQLException cause) {
            super(cause);
        }
    }
}
