package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.Folders;
import dev.parley.local.embedded.FreePort;
import dev.parley.local.launcher.Checkout.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./parley} as someone at a terminal has it, with the built services. */
class CommandsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** PostgreSQL, Kafka, provider, edge and five services. */
    private static final int PARTS = 9;

    @TempDir private Path folder;
    private Optional<Checkout> made = Optional.empty();

    @BeforeEach
    void checkOut() throws IOException {
        made = Optional.of(new Checkout(folder));
    }

    @AfterEach
    void endAll() throws Exception {
        checkout().parley("down").process().waitFor();
        Folders.delete(folder);
    }

    @Test
    void aStackIsSeenOutlivesAKillAndGoesWhole() throws Exception {
        Run up = checkout().up("--detach");

        await(() -> Files.exists(stack().description()) || !up.process().isAlive());
        assertThat(Demo.read(stack().demo()).map(Demo::apiKey).orElse("none yet"))
                .as("the key, as soon as stack.json is there")
                .startsWith("sk-parley-");
        assertThat(up.well())
                .contains("Ready after", "Parley is up.", "Stop it with ./parley down.")
                .doesNotContain("Preparing");
        assertThat(checkout().parley("status").well())
                .contains("moderation-service", "ready", "postgres", "kafka", "edge", "runs")
                .doesNotContain("not ready", "dead");
        assertThat(checkout().processes()).hasSizeGreaterThan(PARTS);

        checkout().edit();
        StackDescription before = description();
        assertThat(checkout().up().well())
                .startsWith("Parley runs already at http://localhost:" + checkout().port())
                .hasLineCount(1);
        assertThat(description()).isEqualTo(before);

        long first = moderation(before).pid();
        assertThat(checkout().parley("kill", "moderation", "--replica", "1").well())
                .isEqualTo("Killed moderation (process " + first + ").\n");
        assertThat(checkout().parley("kill", "moderation", "--replica", "2").badly())
                .isEqualTo("moderation has replicas 1 to 1.\n");
        await(() -> moderation(description()).pid() != first && isReady(moderation(description())));
        assertThat(checkout().parley("logs", "moderation").well())
                .contains("moderation-service", "started in");

        assertThat(checkout().parley("down").well()).contains("Stopped.");
        assertNothingIsLeft();
        assertThat(checkout().parley("status").badly()).isEqualTo("Nothing runs.\n");
    }

    @Test
    void ctrlCLeavesNothing() throws Exception {
        Run up = checkout().up();
        await(() -> covered() >= PARTS || !up.process().isAlive());

        assertThat(checkout().parley("kill", "edge").badly())
                .isEqualTo("Parley is being started; kill edge when it is up.\n");
        assertThat(checkout().parley("status").badly()).startsWith("Parley is being started (");
        assertThat(checkout().processes()).hasSizeGreaterThan(PARTS);
        interrupt(up.process());

        await(() -> !up.process().isAlive());
        assertNothingIsLeft();
        assertThat(stack().launcher()).isEmpty();
    }

    @Test
    void aTakenPortIsToldBeforeAnythingIsBuiltOrPrepared() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            for (int time = 1; time <= 2; time++) {
                assertThat(checkout().preparedUp("--port", port).badly())
                        .startsWith("These ports are taken by another program:")
                        .contains(port + " (the edge)")
                        .hasLineCount(3);
                checkout().edit();
            }
        }
        assertThat(checkout().root().resolve("target/preparation")).doesNotExist();
        assertThat(stack().postgres()).doesNotExist();
    }

    @Test
    void anOllamaThatIsNotThereIsToldBeforeAnythingIsBuiltOrPrepared() throws Exception {
        String nobody = "127.0.0.1:" + FreePort.find();
        checkout().setting("OLLAMA_HOST", nobody);

        for (int time = 1; time <= 2; time++) {
            assertThat(checkout().preparedUp("--provider", "ollama").badly())
                    .startsWith("No Ollama answers at http://" + nobody)
                    .hasLineCount(1);
            checkout().edit();
        }
        assertThat(checkout().root().resolve("target/preparation")).doesNotExist();
    }

    @Test
    void whatIsMisunderstoodIsToldBeforeAnythingIsBuilt() throws Exception {
        checkout().edit();

        Run up = checkout().parley("up", "--prot", "9000");

        assertThat(up.process().waitFor()).isEqualTo(2);
        assertThat(up.said()).startsWith("up does not know --prot\n");
    }

    @Test
    void aLauncherThatCannotSayDoesNotKeepFromABuild() throws Exception {
        checkout().breakLauncher();
        checkout().edit();

        assertThat(checkout().up().badly()).contains("Building").contains("The build failed");
    }

    private Checkout checkout() {
        return made.orElseThrow();
    }

    private StackFolder stack() {
        return checkout().stack();
    }

    private StackDescription description() {
        try {
            return StackDescription.read(stack().description()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StackDescription.Replica moderation(StackDescription description) {
        return description.services().getOrDefault("moderation-service", List.of()).getFirst();
    }

    private static boolean isReady(StackDescription.Replica replica) {
        return Readiness.ready(URI.create(replica.management()).getPort());
    }

    /** How many processes the guard would end. */
    private long covered() {
        try (Stream<String> lines = Files.lines(stack().pids())) {
            return lines.count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** What a terminal does to all that was started there. */
    private static void interrupt(Process launcher) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-INT"));
        Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants())
                .map(process -> String.valueOf(process.pid()))
                .forEach(command::add);
        new ProcessBuilder(command).start().waitFor();
    }

    private void assertNothingIsLeft() {
        Readiness.within(Duration.ofSeconds(5), () -> checkout().processes().isEmpty());
        assertThat(checkout().processes()).isEmpty();
    }

    private static void await(BooleanSupplier condition) {
        assertThat(Readiness.within(PATIENCE, condition)).isTrue();
    }
}
