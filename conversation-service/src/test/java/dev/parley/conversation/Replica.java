package dev.parley.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** A second replica: the packaged service in a process of its own, on the same database. */
final class Replica implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private final int management;

    private Replica(Process process, int port, int management) {
        this.process = process;
        this.port = port;
        this.management = management;
    }

    static Replica start(Map<String, String> settings) throws IOException, InterruptedException {
        Config config = ConfigProvider.getConfig();
        int port = freePort();
        int management = freePort();
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
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", text(config, "quarkus.datasource.jdbc.url"));
        environment.put("QUARKUS_DATASOURCE_USERNAME", text(config, "quarkus.datasource.username"));
        environment.put("QUARKUS_DATASOURCE_PASSWORD", text(config, "quarkus.datasource.password"));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", text(config, "kafka.bootstrap.servers"));
        environment.put("PARLEY_ISSUER", text(config, "parley.issuer"));
        environment.put("PARLEY_IDENTITY_URL", text(config, "parley.identity-url"));
        environment.put("PARLEY_CLIENT_SECRET", text(config, "parley.client.secret"));
        environment.put("PARLEY_GATEWAY_URL", text(config, "parley.gateway-url"));
        environment.put("PARLEY_TURNS_LEASE", "4s");
        environment.putAll(settings);
        Process process =
                command.redirectErrorStream(true)
                        .redirectOutput(Path.of("target/replica-" + port + ".txt").toFile())
                        .start();
        Replica replica = new Replica(process, port, management);
        replica.awaitReadiness();
        return replica;
    }

    int port() {
        return port;
    }

    LogLines log() {
        return new LogLines(Path.of("target/replica-" + port + ".txt"));
    }

    Process process() {
        return process;
    }

    private void awaitReadiness() throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (System.nanoTime() > giveUp || !process.isAlive()) {
                process.destroyForcibly();
                throw new AssertionError(
                        "the replica did not start; see target/replica-" + port + ".txt");
            }
            Thread.sleep(100);
        }
    }

    boolean ready() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://localhost:" + management + "/q/health/ready"))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    boolean endsWithin(Duration bound) throws InterruptedException {
        return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String text(Config config, String name) {
        return config.getValue(name, String.class);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
