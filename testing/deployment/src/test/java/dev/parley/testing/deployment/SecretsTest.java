package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/secrets compose}, which writes the file that compose reads. */
class SecretsTest {
    /** The names of the variables that it makes. */
    static Set<String> made() {
        try {
            Path folder = Files.createTempDirectory("secrets");
            Path file = folder.resolve("env");
            write(file);
            Set<String> names =
                    Files.readAllLines(file).stream()
                            .map(it -> it.substring(0, it.indexOf('=')))
                            .collect(Collectors.toCollection(TreeSet::new));
            Files.delete(file);
            Files.delete(folder);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file) {
        Checkout.output("sh", "deploy/secrets", "compose", file.toString());
    }

    @Test
    void isForItsOwnerAlone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(".env");
        write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).containsPattern("(?m)^KEY_ENCRYPTION_KEY=[0-9a-f]{64}$");
    }

    @Test
    void writesOverNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(".env");
        write(file);
        String first = Files.readString(file);
        assertThatThrownBy(() -> write(file)).isInstanceOf(IllegalStateException.class);
        assertThat(Files.readString(file)).isEqualTo(first);
    }

    @Test
    void isNamedWhereASecretIsMissing() {
        assertThat(Checkout.read("docker-compose.yml"))
                .contains(":?run deploy/secrets compose}")
                .doesNotContain("compose >");
    }
}
