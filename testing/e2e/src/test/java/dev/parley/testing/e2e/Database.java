package dev.parley.testing.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A service's database, read, and held up, past its service. */
final class Database {
    private final String url;
    private final String user;
    private final String password;

    Database(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** Whether the server takes anyone in. */
    boolean isThere() {
        try (Connection connection = open()) {
            return connection.isValid(1);
        } catch (SQLException notThere) {
            return false;
        }
    }

    interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    <T> T query(String sql, Reading<T> reading) {
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return reading.of(rows);
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be read", e);
        }
    }

    long number(String sql) {
        return query(
                sql,
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                });
    }

    /** The first column of all rows. */
    List<String> texts(String sql) {
        return query(
                sql,
                rows -> {
                    List<String> texts = new ArrayList<>();
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                    return texts;
                });
    }

    /** What a statement locks stays locked until this is closed. */
    record Lock(Connection connection) implements AutoCloseable {
        @Override
        public void close() {
            try (connection) {
                connection.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException("the lock cannot be given up", e);
            }
        }
    }

    Lock lock(String sql) {
        try {
            Connection connection = open();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
            return new Lock(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the lock cannot be had", e);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
