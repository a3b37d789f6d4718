package dev.parley.local.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server on which databases can be made. */
public interface DatabaseServer extends AutoCloseable {

    /** The JDBC address of one of its databases, without a user. */
    String url(String database);

    String user();

    String password();

    @Override
    void close();

    /** The server that {@code PARLEY_POSTGRES_URL} names, for machines where ours cannot run. */
    static Optional<DatabaseServer> ofEnvironment() {
        return Optional.ofNullable(System.getenv("PARLEY_POSTGRES_URL"))
                .filter(url -> !url.isBlank())
                .map(ExternalDatabase::parse);
    }

    default Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database));
        source.setUser(user());
        source.setPassword(password());
        return source.getConnection();
    }

    /**
     * Makes {@code database} and {@code role}, which owns it and may do nothing elsewhere; what is
     * there already is kept, the password is set anew.
     */
    default void createOwnedDatabase(String database, String role, String password) {
        String quotedDatabase = identifier(database);
        String quotedRole = identifier(role);
        String secret = "'" + password.replace("'", "''") + "'";
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            boolean roleExists =
                    exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'");
            statement.execute(
                    (roleExists ? "ALTER" : "CREATE")
                            + " ROLE "
                            + quotedRole
                            + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD "
                            + secret);
            if (!exists(
                    statement, "SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
                statement.execute("CREATE DATABASE " + quotedDatabase + " OWNER " + quotedRole);
            }
            statement.execute("REVOKE ALL ON DATABASE " + quotedDatabase + " FROM PUBLIC");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + database, e);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static String identifier(String name) {
        if (!Pattern.matches("[a-z_][a-z0-9_]{0,62}", name)) {
            throw new IllegalArgumentException("not a plain SQL name: " + name);
        }
        return "\"" + name + "\"";
    }
}
