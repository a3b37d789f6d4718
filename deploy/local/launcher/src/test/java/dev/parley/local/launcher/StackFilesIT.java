package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFilesIT {
    private static final StackDescription DESCRIPTION =
            new StackDescription(
                    "http://localhost:8080",
                    new StackDescription.Provider("simulated", "http://127.0.0.1:18003"),
                    Map.of(
                            "identity-service",
                            List.of(
                                    new StackDescription.Replica(
                                            "http://127.0.0.1:18100",
                                            "http://127.0.0.1:18101",
                                            4711))),
                    new StackDescription.Postgres(
                            "jdbc:postgresql://127.0.0.1:18000/postgres", "postgres", "secret"),
                    new StackDescription.Kafka("127.0.0.1:18001"),
                    Map.of("edge", 4712L));

    @TempDir private Path root;
    private StackFolder folder;

    @BeforeEach
    void create() throws IOException {
        folder = new StackFolder(root.resolve(".parley"));
        folder.create();
    }

    @Test
    void theDescriptionHasTheShapeThatProgramsReadAndIsItsOwnersAlone() throws IOException {
        DESCRIPTION.write(folder.description());

        JsonNode json = new ObjectMapper().readTree(folder.description().toFile());
        assertThat(json.at("/edge").asText()).isEqualTo("http://localhost:8080");
        assertThat(json.at("/provider/kind").asText()).isEqualTo("simulated");
        assertThat(json.at("/services/identity-service/0/url").asText())
                .isEqualTo("http://127.0.0.1:18100");
        assertThat(json.at("/services/identity-service/0/management").asText())
                .isEqualTo("http://127.0.0.1:18101");
        assertThat(json.at("/services/identity-service/0/pid").longValue()).isEqualTo(4711);
        assertThat(json.at("/postgres/user").asText()).isEqualTo("postgres");
        assertThat(json.at("/kafka/bootstrap").asText()).isEqualTo("127.0.0.1:18001");
        assertThat(StackDescription.read(folder.description())).hasValue(DESCRIPTION);
        assertOwnersAlone(folder.description());
    }

    @Test
    void theDemoAccountIsReadableByShellsAndItsOwnerAlone() throws Exception {
        Demo demo =
                new Demo(
                        "http://localhost:8080/v1",
                        "sk-parley-1",
                        "admin@parley.example",
                        "word",
                        "parley-operator",
                        "secret");

        demo.write(folder.demo());

        Process shell =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                ". \"$1\"; echo $PARLEY_BASE_URL $PARLEY_API_KEY"
                                        + " $PARLEY_ADMIN_EMAIL $PARLEY_ADMIN_PASSWORD"
                                        + " $PARLEY_OPERATOR_CLIENT_ID"
                                        + " $PARLEY_OPERATOR_CLIENT_SECRET",
                                "sh",
                                folder.demo().toString())
                        .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "http://localhost:8080/v1 sk-parley-1 admin@parley.example word"
                                + " parley-operator secret\n");
        assertThat(Demo.read(folder.demo())).hasValue(demo);
        assertThat(demo.toString()).doesNotContain("sk-parley", "secret", "word");
        assertOwnersAlone(folder.demo());
    }

    @Test
    void secretsAreMadeOnceAndAreTheirOwnersAlone() throws IOException {
        Secrets first = Secrets.of(folder);
        Secrets second = Secrets.of(folder);

        assertThat(second.superuser()).isEqualTo(first.superuser());
        assertThat(second.keyEncryptionKey()).isEqualTo(first.keyEncryptionKey());
        assertThat(second.client(Service.GATEWAY)).isEqualTo(first.client(Service.GATEWAY));
        assertThat(first.client(Service.GATEWAY)).isNotEqualTo(first.client(Service.IDENTITY));
        assertThat(first.superuser()).hasSize(48);
        assertOwnersAlone(folder.secrets());
    }

    @Test
    void nobodyElseMayEnterTheFolder() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void oneStackHasTheFolderAtATime() throws Exception {
        StackFolder.Claim claim = folder.claim().orElseThrow();

        assertThat(folder.claim()).isEmpty();
        assertThat(folder.launcher()).hasValue(ProcessHandle.current());
        assertThat(whatAnotherProcessSees())
                .isEqualTo("launcher " + ProcessHandle.current().pid() + ", claim false");
        claim.close();
        assertThat(folder.launcher()).isEmpty();
        assertThat(whatAnotherProcessSees()).isEqualTo("launcher none, claim true");
        assertThat(folder.claim()).isPresent();
    }

    @Test
    void logsTellOfTheCurrentRunAndByName() throws IOException {
        Files.writeString(folder.log("edge"), "old\n");
        folder.startLog("edge");
        Files.writeString(folder.log("edge"), "new\n");
        Files.writeString(folder.log("identity-service"), "one\n");
        Files.writeString(folder.log("identity-service-2"), "two\n");

        assertThat(shown("edge")).isEqualTo("new\n");
        assertThat(shown("identity"))
                .isEqualTo("identity-service | one\nidentity-service-2 | two\n");
        assertThat(shown()).contains("edge | new").doesNotContain("old");
    }

    private String shown(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LogView(folder)
                .print(
                        new Command.Logs(List.of(names), false),
                        new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String whatAnotherProcessSees() throws IOException {
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Onlooker.class.getName(),
                                folder.path().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static void assertOwnersAlone(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** Another process that looks at the folder. */
    static final class Onlooker {
        private Onlooker() {}

        public static void main(String[] arguments) throws IOException {
            StackFolder folder = new StackFolder(Path.of(arguments[0]));
            String launcher = folder.launcher().map(it -> String.valueOf(it.pid())).orElse("none");
            System.out.println("launcher " + launcher + ", claim " + folder.claim().isPresent());
        }
    }
}
