package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsIT {
    @TempDir private Path folder;

    @Test
    void seesWhatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports.Use use = new Ports.Use(taken.getLocalPort(), "the edge");
            Ports.Use free = new Ports.Use(Ports.freeBase(), "Kafka");

            assertThat(Ports.taken(List.of(use, free))).containsExactly(use);
        }
    }

    @Test
    void seesAPortThatIsTakenOnAllAddresses() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Ports.Use use = new Ports.Use(taken.getLocalPort(), "the edge");

            assertThat(Ports.taken(List.of(use))).containsExactly(use);
        }
    }

    @Test
    void aTakenPortStopsAStartBeforeItBegins() throws IOException {
        for (Service service : Service.values()) {
            Path jar = folder.resolve(service.folder()).resolve("target/quarkus-app");
            Files.createDirectories(jar);
            Files.createFile(jar.resolve("quarkus-run.jar"));
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StackOptions options =
                    StackOptions.of(folder)
                            .onPorts(taken.getLocalPort(), Ports.freeBase())
                            .withProvider(ProviderChoice.SIMULATED);

            assertThatThrownBy(() -> LocalStack.start(options, Progress.silent()))
                    .isInstanceOf(StackFailure.class)
                    .hasMessageContaining(taken.getLocalPort() + " (the edge)")
                    .hasMessageContaining("--port");
        }
        assertThat(folder.resolve(".parley/postgres")).doesNotExist();
        assertThat(folder.resolve(".parley/logs")).isEmptyDirectory();
    }

    @Test
    void aServiceThatIsNotBuiltStopsAStartBeforeItBegins() {
        StackOptions options =
                StackOptions.of(folder)
                        .onPorts(8080, Ports.freeBase())
                        .withProvider(ProviderChoice.SIMULATED);

        assertThatThrownBy(() -> LocalStack.start(options, Progress.silent()))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("conversation-service");
    }
}
