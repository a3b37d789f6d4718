package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With services whose JVMs end at once, for what should be their programs are empty files. */
class PreparationIT {
    @TempDir private Path repository;

    @BeforeEach
    void needsAPostgresOfItsOwn() {
        Assumptions.assumeTrue(DatabaseServer.ofEnvironment().isEmpty());
    }

    @Test
    void whatFailsIsTriedOnceMoreAndThenToldEachTime() throws IOException {
        for (Service service : Service.values()) {
            Path jar = Launches.jar(StackOptions.of(repository), service);
            Files.createDirectories(jar.resolveSibling(""));
            Files.createFile(jar);
        }

        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThat(prepare())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("Preparing quick starts"),
                            line ->
                                    assertThat(line)
                                            .startsWith("Starts stay slow")
                                            .contains("does not start"));
        }
        for (int time = 1; time <= 2; time++) {
            assertThat(prepare())
                    .singleElement()
                    .asString()
                    .contains("failed twice", "identity-service", "moderation-service")
                    .contains("target/preparation/logs");
        }
        assertThat(repository.resolve("target/preparation/logs/identity-service.log")).exists();
    }

    private List<String> prepare() {
        List<String> said = new ArrayList<>();
        Preparation.run(StackOptions.of(repository), said::add);
        return said;
    }
}
