package dev.parley.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    private static final String PASSWORD = "p'w\"d";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    @TempDir private static Path folder;
    private static EmbeddedDatabase database;

    private final String own = "gateway_" + DATABASES.incrementAndGet();

    @BeforeAll
    static void startServer() {
        database =
                new EmbeddedDatabase(
                        new EmbeddedDatabase.Settings(
                                folder.resolve("postgres"), FreePort.find(), PASSWORD, true));
        database.start();
    }

    @BeforeEach
    void createDatabase() {
        database.createOwnedDatabase(own, own, PASSWORD);
    }

    @AfterAll
    static void stopServer() {
        database.close();
    }

    @Test
    void keepsItsDataWhenItIsStoppedAndStarted() throws SQLException {
        write("kept");

        database.stop();
        assertThat(database.running()).isFalse();
        database.start();

        assertThat(read()).isEqualTo("kept");
    }

    @Test
    void keepsCommittedDataWhenItIsKilled() throws SQLException {
        write("committed");

        database.kill();
        assertThat(database.running()).isFalse();
        database.start();

        assertThat(read()).isEqualTo("committed");
    }

    @Test
    void takesOverAServerThatSomeoneLeftRunning() throws SQLException {
        write("kept");
        long orphan = database.process().orElseThrow().pid();

        database.start();

        assertThat(database.process().orElseThrow().pid()).isNotEqualTo(orphan);
        assertThat(ProcessHandle.of(orphan).flatMap(it -> it.info().command())).isEmpty();
        assertThat(read()).isEqualTo("kept");
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(database.url(own), own, "wrong"))
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(
                        () ->
                                DriverManager.getConnection(
                                        database.url("postgres"), "postgres", "wrong"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void letsARoleIntoNoOtherDatabaseThanItsOwn() {
        database.createOwnedDatabase("identity", "identity", "other");

        assertThatThrownBy(
                        () -> DriverManager.getConnection(database.url(own), "identity", "other"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void makingADatabaseTwiceKeepsItAndSetsThePassword() throws SQLException {
        write("kept");

        database.createOwnedDatabase(own, own, "changed");

        try (Connection connection =
                DriverManager.getConnection(database.url(own), own, "changed")) {
            assertThat(connection.isValid(1)).isTrue();
        }
        database.createOwnedDatabase(own, own, PASSWORD);
        assertThat(read()).isEqualTo("kept");
    }

    @Test
    void hasTheExtensionsAndCaseRulesThatSearchNeeds() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION pg_trgm");
            statement.execute("CREATE EXTENSION btree_gin");
            try (ResultSet row = statement.executeQuery("SELECT lower('ÄÖÉ'), version()")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("äöé");
            }
        }
    }

    @Test
    void refusesANameThatIsNotPlain() {
        assertThatThrownBy(() -> database.createOwnedDatabase("a\"; DROP", "role", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesNoPasswordOnTheDiskAndNoFileToOthers() throws Exception {
        assertThat(folder.resolve("postgres/superuser.password")).doesNotExist();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("postgres"))))
                .isEqualTo("rwx------");
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmbeddedDatabase second =
                        new EmbeddedDatabase(
                                new EmbeddedDatabase.Settings(
                                        folder.resolve("second"),
                                        taken.getLocalPort(),
                                        PASSWORD,
                                        true))) {
            assertThatThrownBy(second::start)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()))
                    .hasMessageContaining("Address already in use");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(own), own, PASSWORD);
    }

    private void write(String text) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note AS SELECT '" + text + "' AS text");
        }
    }

    private String read() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT text FROM note")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
