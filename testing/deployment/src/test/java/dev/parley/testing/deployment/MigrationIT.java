package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.embedded.DatabaseServer;
import dev.parley.local.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the Deployments' init containers do: the built services, on a real PostgreSQL. */
class MigrationIT {
    static final List<String> SERVICES = Checkout.SERVICES;

    private static final String EXITS = "QUARKUS_INIT_AND_EXIT";
    private static final String PASSWORD = "0".repeat(64);

    @TempDir private static Path folder;
    @TempDir private static Path logs;

    private static DatabaseServer server;

    @BeforeAll
    static void startTheServer() {
        server =
                DatabaseServer.ofEnvironment()
                        .orElseGet(() -> new EmbeddedDatabase(settings()).start());
    }

    private static EmbeddedDatabase.Settings settings() {
        return new EmbeddedDatabase.Settings(folder, RunningNginx.freePort(), PASSWORD, false);
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    /** By the init container's own variables, and with both ports taken: it would have to fail. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void theServiceMigratesAndEndsWithoutListening(String service) throws Exception {
        String database = newDatabase(service, "migrated");

        assertThat(exitCode(service, database, true)).as(service).isZero();

        assertThat(count(database, "select count(*) from flyway_schema_history where success"))
                .isEqualTo(scripts(service));
        assertThat(count(database, "select count(*) from pg_tables where schemaname = 'public'"))
                .isGreaterThan(2);
    }

    @Test
    void withoutTheVariableItWouldListen() throws Exception {
        String database = newDatabase("moderation-service", "listening");

        assertThat(exitCode("moderation-service", database, false)).isNotZero();

        assertThat(Checkout.read(logs.resolve("moderation-service.false.log")))
                .containsIgnoringCase("port");
    }

    private static String newDatabase(String service, String suffix) {
        String name = Ownership.role(service) + "_" + suffix;
        server.createOwnedDatabase(name, name, PASSWORD);
        return name;
    }

    private static int scripts(String service) {
        String dependencies = Checkout.read(service + "/pom.xml");
        long platform =
                Checkout.files("platform", ".sql").stream()
                        .filter(it -> it.toString().contains("/src/main/resources/db/platform/"))
                        .filter(it -> dependencies.contains("parley-platform-" + moduleOf(it)))
                        .count();
        return Checkout.files(service + "/src/main/resources/db/migration", ".sql").size()
                + Math.toIntExact(platform);
    }

    private static Path moduleOf(Path script) {
        return Checkout.path("platform").relativize(script).getName(0);
    }

    private static int exitCode(String service, String database, boolean exits) throws Exception {
        try (ServerSocket http = new ServerSocket(0);
                ServerSocket management = new ServerSocket(0)) {
            Map<String, String> given = given(service, database);
            given.put("QUARKUS_HTTP_PORT", String.valueOf(http.getLocalPort()));
            given.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management.getLocalPort()));
            if (!exits) {
                given.remove(EXITS);
            }
            Process process = start(service, given, logs.resolve(service + "." + exits + ".log"));
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
                return process.exitValue();
            } finally {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    private static Process start(String service, Map<String, String> given, Path log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "@" + Checkout.path("deploy/images/jvm.options"),
                                "-XX:MaxRAM=768m",
                                "-jar",
                                Checkout.path(service + "/target/quarkus-app/quarkus-run.jar")
                                        .toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(given);
        return builder.start();
    }

    /** The variables of the init container, with what its ConfigMap and its Secret would hold. */
    private static Map<String, String> given(String service, String database) {
        Map<String, String> given = new TreeMap<>();
        JsonNode deployment =
                ManifestsTest.cluster("production").find("Deployment", service).orElseThrow();
        for (JsonNode variable : Cluster.pod(deployment).at("/initContainers/0/env")) {
            String name = variable.path("name").asText();
            String value =
                    switch (name) {
                        case "QUARKUS_DATASOURCE_JDBC_URL" -> server.url(database);
                        case "QUARKUS_DATASOURCE_USERNAME" -> database;
                        default -> Yaml.text(variable, "/value").orElse(PASSWORD);
                    };
            given.put(name, value);
        }
        assertThat(given).containsEntry(EXITS, "true");
        return given;
    }

    private static int count(String database, String query) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
