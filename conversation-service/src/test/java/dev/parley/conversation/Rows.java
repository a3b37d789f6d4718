package dev.parley.conversation;

import io.quarkus.arc.Arc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks at the database of the service under test, and meddles with it. */
final class Rows {
    private Rows() {}

    static @Nullable String text(String sql, Object... arguments) {
        try (Connection connection = source().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    static List<String> texts(String sql, Object... arguments) {
        try (Connection connection = source().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    static int change(String sql, Object... arguments) {
        try (Connection connection = source().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Statements of one transaction. */
    interface Transaction {
        void change(String sql, Object... arguments) throws SQLException;
    }

    /** What is done in one transaction. */
    interface Work {
        void run(Transaction transaction) throws SQLException, InterruptedException;
    }

    static void within(Work work) throws InterruptedException {
        try (Connection connection = source().getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.run((sql, arguments) -> change(connection, sql, arguments));
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void change(Connection connection, String sql, Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        }
    }

    private static DataSource source() {
        return Arc.container().instance(DataSource.class).get();
    }
}
