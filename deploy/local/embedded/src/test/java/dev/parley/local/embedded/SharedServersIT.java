package dev.parley.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedServersIT {

    @Test
    void givesEachApplicationADatabaseOfItsOwnOnOneServer() throws SQLException {
        Map<String, String> first = new PostgresResource().start();
        Map<String, String> second = new PostgresResource().start();

        try (Connection one = connect(first);
                Connection two = connect(second)) {
            assertThat(one.getCatalog()).isNotEqualTo(two.getCatalog());
            assertThat(serverOf(first)).isEqualTo(serverOf(second));
        }
    }

    @Test
    void theServerCanBeTakenAwayAndGivenBackInATest() throws SQLException {
        Map<String, String> settings = new PostgresResource().start();

        PostgresResource.server().kill();
        assertThat(PostgresResource.server().running()).isFalse();
        PostgresResource.server().start();

        try (Connection connection = connect(settings)) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void nothingIsLeftWhenTheTestJvmIsKilled() throws Exception {
        Process tests =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Tests.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> said;
        try (var reader = tests.inputReader(StandardCharsets.UTF_8)) {
            said = List.of(reader.readLine(), reader.readLine());
            tests.destroyForcibly().waitFor();
        }

        for (String folder : said) {
            eventuallyGone(Path.of(folder));
        }
    }

    private static void eventuallyGone(Path folder) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (Files.exists(folder) && System.nanoTime() < end) {
            Thread.sleep(Duration.ofMillis(50));
        }
        assertThat(folder).doesNotExist();
    }

    private static Connection connect(Map<String, String> settings) throws SQLException {
        return DriverManager.getConnection(
                settings.get("quarkus.datasource.jdbc.url"),
                settings.get("quarkus.datasource.username"),
                settings.get("quarkus.datasource.password"));
    }

    private static String serverOf(Map<String, String> settings) {
        String url = settings.getOrDefault("quarkus.datasource.jdbc.url", "");
        return url.substring(0, url.lastIndexOf('/'));
    }

    /** Stands for a test JVM that uses both servers and is then killed. */
    static final class Tests {
        private Tests() {}

        public static void main(String[] arguments) throws InterruptedException {
            new PostgresResource().start();
            new KafkaResource().start();
            System.out.println(System.getProperty("dev.parley.test.postgres.folder"));
            System.out.println(System.getProperty("dev.parley.test.kafka.folder"));
            Thread.sleep(Duration.ofMinutes(1));
        }
    }
}
