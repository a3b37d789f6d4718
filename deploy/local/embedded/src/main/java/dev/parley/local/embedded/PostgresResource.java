package dev.parley.local.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives each Quarkus application under test a fresh database, owned by a role of its own, on the
 * one server of the test JVM.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        String name = "test_" + ProcessHandle.current().pid() + "_" + SharedServers.nextDatabase();
        DatabaseServer server = SharedServers.database();
        server.createOwnedDatabase(name, name, name);
        return Map.of(
                "quarkus.devservices.enabled",
                "false",
                "quarkus.datasource.devservices.enabled",
                "false",
                "quarkus.datasource.jdbc.url",
                server.url(name),
                "quarkus.datasource.username",
                name,
                "quarkus.datasource.password",
                name);
    }

    /** The server and its databases end with the JVM. */
    @Override
    public void stop() {}

    /** The server, for a test that stops, kills or starts it; it keeps its port and its data. */
    public static EmbeddedDatabase server() {
        return SharedServers.embeddedDatabase();
    }
}
