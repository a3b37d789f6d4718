package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.DatabaseServer;
import dev.parley.local.embedded.PostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The packaged service in a process of its own, with the neighbours of the application under test
 * and a database where nobody else sends what its outbox holds.
 */
final class Replica implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private final int management;
    private final String database;

    private Replica(Process process, int port, int management, String database) {
        this.process = process;
        this.port = port;
        this.management = management;
        this.database = database;
    }

    static Replica start(Map<String, String> settings) {
        int port = freePort();
        int management = freePort();
        String database = "replica_" + port;
        DatabaseServer server = PostgresResource.server();
        server.createOwnedDatabase(database, database, database);
        ProcessBuilder command =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar");
        Map<String, String> environment = command.environment();
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", server.url(database));
        environment.put("QUARKUS_DATASOURCE_USERNAME", database);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", configured("kafka.bootstrap.servers"));
        environment.put("PARLEY_ISSUER", configured("parley.issuer"));
        environment.put("PARLEY_IDENTITY_URL", configured("parley.identity-url"));
        environment.put("PARLEY_CLIENT_SECRET", configured("parley.client.secret"));
        environment.put("PARLEY_USAGE_BILLING_URL", configured("parley.usage-billing-url"));
        environment.put("PARLEY_MODERATION_URL", configured("parley.moderation-url"));
        environment.put("PARLEY_PROVIDER_URL", Neighbours.providerUrl);
        environment.put("PARLEY_PROVIDER_KIND", "simulated");
        environment.putAll(settings);
        try {
            Process process =
                    command.redirectErrorStream(true)
                            .redirectOutput(Path.of("target", database + ".txt").toFile())
                            .start();
            Replica replica = new Replica(process, port, management, database);
            replica.awaitReadiness();
            return replica;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitReadiness() {
        try {
            GatewayIT.eventually(PATIENCE, () -> isReady() || !process.isAlive());
            assertThat(process.isAlive()).as("see target/" + database + ".txt").isTrue();
        } catch (AssertionError notStarted) {
            close();
            throw notStarted;
        }
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** What a supervisor does first. */
    void terminate() {
        process.destroy();
    }

    boolean endsWithin(Duration bound) {
        try {
            return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** The first column of some rows of its database. */
    List<String> committed(String sql) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = PostgresResource.server().connect(database);
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return texts;
    }

    private boolean isReady() {
        HttpRequest question =
                HttpRequest.newBuilder(
                                URI.create("http://localhost:" + management + "/q/health/ready"))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        try {
            return GatewayIT.HTTP.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String configured(String name) {
        Config config = ConfigProvider.getConfig();
        return config.getValue(name, String.class);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
